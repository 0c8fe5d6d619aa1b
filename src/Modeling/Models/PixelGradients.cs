using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;

namespace Pellucid.Modeling.Models;

/// <summary>Gradients of targets by the pixels.</summary>
internal static class PixelGradients
{
    public static async Task<TargetGradients> ComputeAsync(
        IGraphRunner runner, TargetGraph target, HostTensor pixels, CancellationToken cancellationToken)
    {
        GraphBuilder g = target.Graph.Edit();
        Value gradient = g.VectorJacobianProduct(g.Find(target.Embedding), g.Find(EncoderNames.Cotangents), [target.Input])[target.Input];
        Value scores = g.Find(EncoderNames.Scores);
        g.ClearOutputs();
        g.Output(EncoderNames.Scores, scores);
        g.Output(GraphDifferentiation.GradientOf(target.Input), gradient);
        IReadOnlyDictionary<string, HostTensor> results = await runner.RunAsync(g.Build(keepTaps: false), target.Feed(pixels), cancellationToken);
        return new TargetGradients(results[EncoderNames.Scores], results[GraphDifferentiation.GradientOf(target.Input)]);
    }
}
