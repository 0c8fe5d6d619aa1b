using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Rewrites;

namespace Pellucid.Modeling.Models;

/// <summary>
/// Gradients of targets by the pixels, in the cheapest of three ways, which give the same numbers: few images or targets in one
/// run; many images a few at a time; many targets of one image by one forward run and a backward run for every few of them.
/// </summary>
internal static class PixelGradients
{
    /// <summary>
    /// Rows in a run. ViT-B/16 holds 110 MB of activations an image; more rows are no faster.
    /// </summary>
    public const int RowsAtOnce = 4;

    /// <summary>Values of an image, all channels, from which images go one by one: at 224 x 224 an image keeps both caches and cores busy, and several are slower.</summary>
    private const int LargeImage = 100_000;

    private static readonly DerivedGraphs<string, Graph> Joint = new();
    private static readonly DerivedGraphs<string, ForwardBackward> Halves = new();

    /// <summary>Computes values and gradients of max(B, K) rows.</summary>
    /// <param name="runner">Runs the graphs.</param>
    /// <param name="target">The image encoder with K targets.</param>
    /// <param name="pixels">[B, C, H, W]; B = K, or one of them 1.</param>
    /// <param name="targets">K.</param>
    /// <param name="rowsAtOnce">Rows in a run, at least 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<TargetGradients> ComputeAsync(
        IGraphRunner runner, TargetGraph target, HostTensor pixels, int targets, int rowsAtOnce = RowsAtOnce, CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<string, HostTensor> feed = target.Feed(pixels);
        string gradients = GraphDifferentiation.GradientOf(target.Input);
        if (pixels.Shape[0] == 1 && targets > rowsAtOnce)
        {
            ForwardBackward halves = Halves.Get(target.Graph, target.Input, _ => Split(target));
            using IForwardPass pass = await runner.ForwardAsync(halves.Forward, halves.Backward, feed, cancellationToken);
            IReadOnlyDictionary<string, HostTensor> backward = await pass.BackwardInChunksAsync(
                pass.Outputs[EncoderNames.Cotangents], rowsAtOnce, progress: null, cancellationToken);
            return new TargetGradients(pass.Outputs[EncoderNames.Scores], backward[gradients]);
        }

        Graph joint = Joint.Get(target.Graph, target.Input, _ => Differentiate(target));
        string[] rows = [.. feed.Keys.Where(name => targets > 1 || string.Equals(name, target.Input, StringComparison.Ordinal))];
        IReadOnlyDictionary<string, HostTensor> results = pixels.Shape[0] == 1
            ? await runner.RunAsync(joint, feed, cancellationToken)
            : await runner.RunInBatchesAsync(joint, feed, pixels.Length / (int)pixels.Shape[0] < LargeImage ? rowsAtOnce : 1, rows, progress: null, cancellationToken);
        return new TargetGradients(results[EncoderNames.Scores], results[gradients]);
    }

    private static Graph Differentiate(TargetGraph target)
    {
        GraphBuilder g = target.Graph.HoistTokenSelection().Edit();
        Value gradient = g.VectorJacobianProduct(g.Find(target.Embedding), g.Find(EncoderNames.Cotangents), [target.Input])[target.Input];
        Value scores = g.Find(EncoderNames.Scores);
        g.ClearOutputs();
        g.Output(EncoderNames.Scores, scores);
        g.Output(GraphDifferentiation.GradientOf(target.Input), gradient);
        return g.Build(keepTaps: false);
    }

    private static ForwardBackward Split(TargetGraph target)
    {
        return target.Graph.HoistTokenSelection()
            .Differentiate(target.Embedding, [target.Input])
            .Prune(EncoderNames.Scores, EncoderNames.Cotangents, GraphDifferentiation.GradientOf(target.Input))
            .SplitForBackward(GraphDifferentiation.CotangentOf(target.Embedding));
    }
}
