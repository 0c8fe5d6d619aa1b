using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>What sufficiency keeps of an image: its map, the class that the model puts it into, and which image it is.</summary>
internal static class SufficiencyState
{
    public const string Map = "map";
    public const string ClassAndImage = "class-and-image";

    public static MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = MetricDirection.Higher,
        Needs = MetricNeeds.Map | MetricNeeds.Evaluations | MetricNeeds.Candidates,
        Minimum = 0,
        Maximum = 1,
    };

    public static async Task<IReadOnlyList<MetricResult>> OfAsync(MetricRequest request, bool absolute, CancellationToken cancellationToken)
    {
        long[] classes = new long[request.Items.Count];
        await Evaluations.EmbedAsync(
            request, _ => new ChangedImages(1, (_, _) => { }, Cumulative: true),
            (i, _, embedding) => classes[i] = CandidateTexts.Best(request.Items[i].Candidates!.Logits(request.Model.Fusion, embedding)),
            afterBatch: null, cancellationToken);
        return [.. request.Items.Select((item, i) =>
        {
            float[] map = item.Map!.Floats.ToArray();
            if (absolute) TensorPrimitives.Abs(map, map);
            return MetricResult.Pooled(new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [Map] = HostTensor.Of(map, map.Length), [ClassAndImage] = HostTensor.Of([classes[i], ImageCode.Of(item)], 2) });
        })];
    }
}
