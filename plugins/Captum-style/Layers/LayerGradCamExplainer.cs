using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// Grad-CAM as Captum's <c>LayerGradCam</c> gives it: the sum over the channels of the activation times the mean gradient of its channel
/// (Selvaraju et al. 2017, "Grad-CAM", eq. 1 and 2), with its sign unless <c>relu=true</c>, and brought to the size of the input as Captum's
/// <c>LayerAttribution.interpolate</c> does.
/// </summary>
/// <example><c>--explainer "layer-grad-cam(layer=layer4, relu=true, interpolate=bilinear)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class LayerGradCamExplainer(LayerGradCamOptions options, IGraphRunner runner) : LayerExplainer(options.Layer, runner)
{
    /// <inheritdoc/>
    public override bool IsLinearInTarget => !options.Relu;

    private protected override bool NeedsGradients => true;

    private protected override Task<IReadOnlyList<LayerResult>> AttributeAsync(LayerRun run, CancellationToken cancellationToken)
    {
        float[] activation = run.Grid.Read(run.Activation, 0);
        return Task.FromResult<IReadOnlyList<LayerResult>>([.. Enumerable.Range(0, run.Count).Select(k => Attribute(run, activation, k))]);
    }

    private LayerResult Attribute(LayerRun run, float[] activation, int index)
    {
        LayerGrid grid = run.Grid;
        float[] map = ChannelSum.Weighted(activation, ChannelSum.Means(grid.Read(run.Gradients!, index), grid.Area), grid.Area);
        if (options.Relu) for (int i = 0; i < map.Length; i++) map[i] = Math.Max(map[i], 0);
        ImageSize size = run.Request.Image.Size;
        HostTensor result = options.Interpolate switch
        {
            LayerInterpolation.Nearest => HostTensor.Of(MapUpsampler.Nearest(map, grid.Height, grid.Width, size.Height, size.Width), size.Height, size.Width),
            LayerInterpolation.Bilinear => HostTensor.Of(MapUpsampler.Bilinear(map, grid.Height, grid.Width, size.Height, size.Width), size.Height, size.Width),
            _ => HostTensor.Of(map, grid.Height, grid.Width),
        };
        return new LayerResult(
            result, Signed: !options.Relu, options.Relu ? "no part of the layer speaks for this target" : "the gradient by the layer is zero", new Dictionary<string, HostTensor>(StringComparer.Ordinal));
    }
}
