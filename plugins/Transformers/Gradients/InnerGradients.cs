using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Rewrites;
using Pellucid.Plugins.Transformers.Encoders;

namespace Pellucid.Plugins.Transformers.Gradients;

/// <summary>
/// Graphs whose outputs need the gradients of K targets by values inside an encoder. Few targets go through one joint graph, many
/// through one forward run and a backward run for every few of them: the forward is shared in both.
/// </summary>
internal sealed class InnerGradients
{
    /// <summary>Targets in one backward run. Activations of more are no faster and take more memory.</summary>
    private const int TargetsAtOnce = 4;

    private const string CotangentInput = "explained.cotangent_rows";

    private readonly Lazy<Graph> _joint;
    private readonly Lazy<ForwardBackward> _halves;

    /// <summary>Makes the graphs; they are built when first used.</summary>
    /// <param name="explained">The encoder with the taps of <see cref="ExplainedFork"/>.</param>
    /// <param name="target">What it was made from.</param>
    /// <param name="emit">Appends the outputs, given the embedding and the cotangents [K, E].</param>
    public InnerGradients(Graph explained, TargetGraph target, Action<GraphBuilder, Value, Value> emit)
    {
        _joint = new Lazy<Graph>(() =>
        {
            GraphBuilder g = explained.Edit();
            (Value embedding, Value cotangents) = (g.Find(ExplainedFork.Embedding), g.Find(ExplainedFork.Cotangents));
            g.KeepScores(target);
            emit(g, embedding, cotangents);
            return g.Build(keepTaps: false);
        });
        _halves = new Lazy<ForwardBackward>(() =>
        {
            GraphBuilder g = explained.Edit();
            (Value embedding, Value cotangents) = (g.Find(ExplainedFork.Embedding), g.Find(ExplainedFork.Cotangents));
            g.KeepScores(target);
            g.Output(ExplainedFork.Cotangents, cotangents);
            emit(g, embedding, g.Input(CotangentInput, cotangents.Type));
            return g.Build(keepTaps: false).SplitForBackward(CotangentInput);
        });
    }

    /// <summary>One image with K targets.</summary>
    public async Task<IReadOnlyDictionary<string, HostTensor>> RunImageAsync(
        IGraphRunner runner, TargetGraph target, HostTensor pixels, int targets, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, HostTensor> feed = target.Feed(pixels);
        if (targets <= TargetsAtOnce) return await runner.RunAsync(_joint.Value, feed, cancellationToken);
        using IForwardPass pass = await runner.ForwardAsync(_halves.Value.Forward, _halves.Value.Backward, feed, cancellationToken);
        IReadOnlyDictionary<string, HostTensor> backward = await pass.BackwardInChunksAsync(
            pass.Outputs[ExplainedFork.Cotangents], TargetsAtOnce, progress: null, cancellationToken);
        return pass.Outputs.Concat(backward).ToDictionary(StringComparer.Ordinal);
    }

    /// <summary>K texts, each its own row.</summary>
    public Task<IReadOnlyDictionary<string, HostTensor>> RunTextsAsync(IGraphRunner runner, TargetGraph target, HostTensor ids, CancellationToken cancellationToken) =>
        TextTargets.RunAsync(runner, _joint.Value, target, ids, cancellationToken);
}
