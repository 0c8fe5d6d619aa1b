using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// Of the other images with the same explanation, the share with the same prediction (Dasgupta, Frost, Moshkovitz 2022, Framework for evaluating faithfulness of local explanations,
/// definition 2); over a data set the mean over explanations. Explanations of one image, for several targets, are not compared with each other. In [0, 1], higher is better. Undefined for an image
/// whose explanation no other one has.
/// </summary>
/// <param name="options">Options.</param>
public sealed class ConsistencyMetric(ConsistencyOptions options) : IPooledMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Robustness,
        Direction = MetricDirection.Higher,
        Needs = MetricNeeds.Map | MetricNeeds.Evaluations | MetricNeeds.Candidates,
        Minimum = 0,
        Maximum = 1,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        int[] predictions = new int[request.Items.Count];
        EvaluationQueue queue = new(request.Model, request.BatchSize, cancellationToken);
        for (int i = 0; i < predictions.Length; i++)
        {
            int place = i;
            MeasuredItem item = request.Items[i];
            await queue.AddAsync(item.Image.Pixels.Floats, item.Image.Pixels.Shape, embedding => predictions[place] = CandidateTexts.Best(item.Candidates!.Logits(request.Model.Fusion, embedding)));
        }

        await queue.FlushAsync();
        return [.. request.Items.Select((item, i) => MetricResult.Pooled(new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [ConsistencyPool.Key] = HostTensor.Of([CodeOf(item), predictions[i], ImageCode.Of(item)], 3) }))];
    }

    /// <inheritdoc/>
    public IMetricPool CreatePool() => new ConsistencyPool(options.Compat);

    /// <summary>A number that equal explanations share: the start of a hash.</summary>
    private long CodeOf(MeasuredItem item)
    {
        float[] map = item.Map!.Floats.ToArray();
        if (options.Abs) TensorPrimitives.Abs(map, map);
        int[] code = options.Code switch
        {
            ExplanationCode.TopPlaces => [.. Enumerable.Range(0, map.Length).OrderByDescending(i => map[i]).Take(options.N).Order()],
            ExplanationCode.Signs => [.. map.Select(v => Math.Sign(v))],
            _ => [.. map.Take(options.N).Select(v => Math.Sign(v))],
        };
        return BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(MemoryMarshal.AsBytes(code.AsSpan())));
    }
}
