using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// The activation of a layer (Captum's <c>LayerActivation</c>): what the layer says about the image, whatever the target. The map is the
/// sum over the channels; <c>Details["layer"]</c> is the activation itself, [C, h, w] or [N, D].
/// </summary>
/// <example><c>--explainer "layer-activation(layer=layer4)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class LayerActivationExplainer(LayerOptions options, IGraphRunner runner) : LayerExplainer(options.Layer, runner)
{
    private protected override bool NeedsGradients => false;

    private protected override Task<IReadOnlyList<LayerResult>> AttributeAsync(LayerRun run, CancellationToken cancellationToken)
    {
        LayerGrid grid = run.Grid;
        var map = HostTensor.Of(ChannelSum.Of(grid.Read(run.Activation, 0), grid.Area), grid.Height, grid.Width);
        var details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["layer"] = HostTensor.Of(run.Activation.Floats.ToArray(), grid.Shape) };
        var result = new LayerResult(map, Signed: true, "the layer is zero everywhere", details);
        return Task.FromResult<IReadOnlyList<LayerResult>>([.. run.Request.Targets.Select(_ => result)]);
    }
}
