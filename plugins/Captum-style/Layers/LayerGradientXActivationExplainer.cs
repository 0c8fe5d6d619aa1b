using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// Gradient of the target by a layer times the layer's activation, element by element (Captum's <c>LayerGradientXActivation</c>; Shrikumar et
/// al. 2016, "Not just a black box", section 2, at a layer in place of the input). The map is the signed sum over the channels;
/// <c>Details["layer"]</c> holds the elements, [C, h, w] or [N, D] with the tokens that are no patches.
/// </summary>
/// <example><c>--explainer "layer-gradient-x-activation(layer=vision.blocks.11.ln_1)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class LayerGradientXActivationExplainer(LayerGradientOptions options, IGraphRunner runner) : LayerExplainer(options.Layer, runner)
{
    /// <inheritdoc/>
    public override bool IsLinearInTarget => true;

    private protected override bool NeedsGradients => true;

    private protected override Task<IReadOnlyList<LayerResult>> AttributeAsync(LayerRun run, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LayerResult>>([.. Enumerable.Range(0, run.Count).Select(k => Attribute(run, k))]);

    private LayerResult Attribute(LayerRun run, int index)
    {
        LayerGrid grid = run.Grid;
        float[] elements = run.Gradients!.Floats.Slice(index * grid.Size, grid.Size).ToArray();
        if (options.Multiply) TensorPrimitives.Multiply(elements, run.Activation.Floats, elements);
        HostTensor layer = HostTensor.Of(elements, grid.Shape);
        return new LayerResult(
            HostTensor.Of(ChannelSum.Of(grid.Read(layer, 0), grid.Area), grid.Height, grid.Width),
            Signed: true,
            "the gradient by the layer is zero at every patch",
            new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["layer"] = layer });
    }
}
