using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Tests;

/// <summary>An explainer whose map is a function of the request, so that every change of it is known.</summary>
/// <param name="map">The map, [H, W] of the image.</param>
internal sealed class EchoExplainer(Func<ExplanationRequest, float[]> map) : IBatchExplainer
{
    public List<int> Batches { get; } = [];

    public ModelCapabilities Requires => ModelCapabilities.Evaluate;

    /// <summary>Maps that are the image times a number.</summary>
    public static EchoExplainer Times(float factor) => new(r => [.. r.Image.Pixels.Floats.ToArray().Select(v => factor * v)]);

    public bool CanExplain(ExplanationTarget target) => true;

    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default) =>
        (await ExplainManyAsync([request], cancellationToken))[0];

    public Task<IReadOnlyList<IReadOnlyList<Explanation>>> ExplainManyAsync(IReadOnlyList<ExplanationRequest> requests, CancellationToken cancellationToken = default)
    {
        Batches.Add(requests.Count);
        return Task.FromResult<IReadOnlyList<IReadOnlyList<Explanation>>>([.. requests.Select(r => (IReadOnlyList<Explanation>)
        [
            new Explanation
            {
                Target = r.Targets[0],
                Image = new ImageAttribution { Map = HostTensor.Of(map(r), r.Image.Size.Height, r.Image.Size.Width), Signed = true },
                Score = 0,
                ExplainedScore = 0,
                ExplainedFunction = "the served model",
            },
        ])]);
    }
}
