using Pellucid.Abstractions.Execution;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// XGrad-CAM (Fu et al. 2020, "Axiom-based Grad-CAM", eq. 7): the weight of a channel is the mean of its gradient weighted by the activation,
/// sum(g a) / (sum(a) + 1e-7). Where activations have both signs (behind a layer norm) the denominator can come close to 0 and the weight says little.
/// </summary>
/// <example><c>--explainer "xgrad-cam(layer=layer4)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class XGradCamExplainer(CamOptions options, IGraphRunner runner) : GradientCamExplainer(options, runner)
{
    private const double Tiny = 1e-7;

    /// <inheritdoc/>
    public override bool IsLinearInTarget => IsRaw;

    private protected override Cam Compute(float[] activation, float[] gradient, LayerGrid grid)
    {
        float[] weights = new float[grid.Channels];
        for (int c = 0; c < weights.Length; c++)
        {
            double products = 0, sum = 0;
            for (int i = c * grid.Area; i < (c + 1) * grid.Area; i++) (products, sum) = (products + ((double)gradient[i] * activation[i]), sum + activation[i]);
            weights[c] = (float)(products / (sum + Tiny));
        }

        return new Cam(ChannelSum.Weighted(activation, weights, grid.Area), weights);
    }
}
