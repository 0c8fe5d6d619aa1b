using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>What class activation maps share: form and details (<c>raw</c> [h, w] and, where channels have weights, <c>weights</c> [C]).</summary>
public abstract class CamExplainer : LayerExplainer
{
    private readonly CamOptions _options;

    /// <summary>Makes one.</summary>
    /// <param name="options">Options.</param>
    /// <param name="runner">Runs graphs.</param>
    protected CamExplainer(CamOptions options, IGraphRunner runner)
        : base(options.Layer, runner) => _options = options;

    /// <summary>Whether maps are given as they are, before rectification.</summary>
    private protected bool IsRaw => _options.Form == CamForm.Raw;

    /// <summary>The maps of all targets.</summary>
    private protected abstract Task<IReadOnlyList<Cam>> CamsAsync(LayerRun run, CancellationToken cancellationToken);

    private protected override async Task<IReadOnlyList<LayerResult>> AttributeAsync(LayerRun run, CancellationToken cancellationToken) =>
        [.. (await CamsAsync(run, cancellationToken)).Select(cam => Result(run, cam))];

    private LayerResult Result(LayerRun run, Cam cam)
    {
        LayerGrid grid = run.Grid;
        var details = new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["raw"] = HostTensor.Of(cam.Raw, grid.Height, grid.Width) };
        if (cam.Weights is not null) details["weights"] = HostTensor.Of(cam.Weights, grid.Channels);
        return new LayerResult(
            CamForms.Apply(_options.Form, cam.Raw, grid, run.Request.Image.Size),
            Signed: IsRaw,
            Nothing(cam.Raw),
            details);
    }

    /// <summary>Why a map is all zeros: nothing speaks for the target, or (min-max forms) everything does alike.</summary>
    private string Nothing(float[] raw) =>
        IsRaw ? "the weighted sum of the channels is zero everywhere"
        : raw.Max() > 0 ? "every part of the layer speaks for this target alike"
        : raw.Min() < 0 ? "no part of the layer speaks for this target: the weighted sum of the channels is zero or negative everywhere"
        : "no part of the layer speaks for or against this target: the weighted sum of the channels is zero everywhere";
}
