using Pellucid.Abstractions.Execution;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// Grad-CAM (Selvaraju et al. 2017, "Grad-CAM: Visual explanations from deep networks via gradient-based localization"): the weight of a
/// channel is the mean of its gradient (eq. 1), the map ReLU of the weighted sum of the channels (eq. 2).
/// </summary>
/// <example><c>--explainer "grad-cam(layer=layer4)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class GradCamExplainer(CamOptions options, IGraphRunner runner) : GradientCamExplainer(options, runner)
{
    /// <inheritdoc/>
    public override bool IsLinearInTarget => IsRaw;

    private protected override Cam Compute(float[] activation, float[] gradient, LayerGrid grid)
    {
        float[] weights = ChannelSum.Means(gradient, grid.Area);
        return new Cam(ChannelSum.Weighted(activation, weights, grid.Area), weights);
    }
}
