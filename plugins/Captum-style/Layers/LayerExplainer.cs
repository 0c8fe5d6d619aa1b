using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// What methods share that look at one layer: they find it (a tap, a value or a module path; by default the last feature map of a
/// convolutional network or what the last attention of a transformer reads) and read its activation [C, h, w] or [N, D] and, for all targets from one forward run, its gradients.
/// </summary>
public abstract class LayerExplainer : ILinearExplainer
{
    /// <summary>Targets whose gradients are sent back at once: bounds the memory.</summary>
    private const int TargetsAtOnce = 16;

    private readonly string _layer;

    /// <summary>Makes one.</summary>
    /// <param name="layer">Name of the layer, or <c>auto</c>.</param>
    /// <param name="runner">Runs graphs.</param>
    protected LayerExplainer(string layer, IGraphRunner runner) => (_layer, Runner) = (layer, runner);

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public virtual bool IsLinearInTarget => false;

    private protected IGraphRunner Runner { get; }

    /// <summary>Whether the method reads gradients.</summary>
    private protected abstract bool NeedsGradients { get; }

    /// <inheritdoc/>
    public virtual bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        if (request.Model is not IGraphModel model)
            throw new PellucidException($"model '{request.Model.Description.Id}' is no graph, so its layers cannot be read; use a method that only evaluates the model");
        List<Explanation> explanations = [];
        foreach (ExplanationTarget[] targets in request.Targets.Chunk(NeedsGradients ? TargetsAtOnce : Math.Max(1, request.Targets.Count)))
        {
            LayerRun run = await RunAsync(model, request with { Targets = targets }, cancellationToken);
            IReadOnlyList<LayerResult> results = await AttributeAsync(run, cancellationToken);
            explanations.AddRange(results.Select((r, k) => Explain(run, k, r)));
            request.Progress?.Report((double)explanations.Count / request.Targets.Count);
        }

        return explanations;
    }

    /// <summary>The results of all targets of a run, in order.</summary>
    private protected abstract Task<IReadOnlyList<LayerResult>> AttributeAsync(LayerRun run, CancellationToken cancellationToken);

    private async Task<LayerRun> RunAsync(IGraphModel model, ExplanationRequest request, CancellationToken cancellationToken)
    {
        ImageSize size = request.Image.Size;
        TransformerLayout? layout = model.Layout(Modality.Image, size);
        TargetGraph target = model.Resolve(request.Targets, Modality.Image, size);
        string layer = NeedsGradients
            ? LayerNames.FindBefore(target, _layer, layout, model.Description.Id, request.Targets[0].Describe())
            : LayerNames.Find(target.Graph, _layer, layout, model.Description.Id);
        IReadOnlyDictionary<string, HostTensor> run = await Runner.RunAsync(
            LayerGraphs.Build(target, [layer], activations: true, NeedsGradients), target.Feed(request.Image.Pixels), cancellationToken);
        HostTensor activation = run[LayerGraphs.Activation(0)];
        LayerGrid grid = LayerGrid.Of(activation.Shape, layout, size, _layer);
        return new LayerRun(request, model, layer, grid, run[EncoderNames.Scores], activation, NeedsGradients ? run[LayerGraphs.Gradient(0)] : null);
    }

    private static Explanation Explain(LayerRun run, int index, LayerResult result)
    {
        ExplanationTarget target = run.Request.Targets[index];
        if (!TensorPrimitives.IsFiniteAll<float>(result.Map.Floats) || result.Details.Values.Any(d => !TensorPrimitives.IsFiniteAll<float>(d.Floats)))
            throw new PellucidException($"the attribution of {target.Describe()} to layer '{run.Layer}' is not finite: the model's weights or the image are unusable");
        float score = run.Scores.Floats[index];
        return new Explanation
        {
            Target = target,
            Score = score,
            ExplainedScore = score,
            ExplainedFunction = "the served model",
            Image = new ImageAttribution
            {
                Map = result.Map,
                Signed = result.Signed,
                Elements = result.Elements,
                Undefined = result.Map.Floats.ContainsAnyExcept(0f) ? null : result.Nothing,
            },
            Details = result.Details,
        };
    }
}
