using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Layers;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>
/// DeepLIFT with the rescale rule (Shrikumar, Greenside, Kundaje 2017, section 3.5.2) at a layer: the layer's activation for the image minus that for the baseline, times the
/// multipliers of <see cref="DeepLiftExplainer"/> behind the layer. Only operators behind the layer need a rule. <c>Details["layer"]</c> holds the elements, [C, h, w] or [N, D]; the map is
/// their signed sum over the channels. Draw that can be replayed: <c>baseline</c> [1, C, H, W] or [C].
/// </summary>
/// <example><c>--explainer "layer-deep-lift(layer=layer1.input)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
/// <param name="images">Reads the baseline where it is a file.</param>
public sealed class LayerDeepLiftExplainer(LayerDeepLiftOptions options, IGraphRunner runner, IImageReader images) : ILinearExplainer
{
    private readonly DeepLift _method = new(options, runner, images);

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool IsLinearInTarget => true;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default) =>
        _method.ExplainAsync(request, options.Layer, (result, shape) => Explain(request, result, shape), cancellationToken);

    private Explanation Explain(ExplanationRequest request, DeepLiftResult result, TensorShape shape)
    {
        TransformerLayout? layout = ((IGraphModel)request.Model).Layout(Modality.Image, request.Image.Size);
        LayerGrid grid = LayerGrid.Of(shape, layout, request.Image.Size, options.Layer);
        if (!TensorPrimitives.IsFiniteAll<float>(result.Elements))
            throw new PellucidException($"the attribution of {result.Target.Describe()} to layer '{options.Layer}' is not finite: the model's weights, the image or the baseline are unusable");
        HostTensor layer = HostTensor.Of(result.Elements, grid.Shape);
        HostTensor map = HostTensor.Of(ChannelSum.Of(grid.Read(layer, 0), grid.Area), grid.Height, grid.Width);
        return new Explanation
        {
            Target = result.Target,
            Score = result.Score,
            ExplainedScore = result.Score,
            ExplainedFunction = "the served model",
            Image = new ImageAttribution { Map = map, Signed = true, Undefined = map.Floats.ContainsAnyExcept(0f) ? null : result.Nothing },
            Details = new Dictionary<string, HostTensor>(result.Details(), StringComparer.Ordinal) { ["layer"] = layer },
        };
    }
}
