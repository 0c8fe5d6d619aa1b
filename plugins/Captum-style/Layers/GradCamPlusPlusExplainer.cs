using Pellucid.Abstractions.Execution;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// Grad-CAM++ (Chattopadhyay et al. 2018, "Grad-CAM++: Improved visual explanations for deep convolutional networks", eq. 5, 7 and 19): the weight of a channel is the
/// sum of a g+ with a = g^2 / (2 g^2 + A g^3 + 1e-6), A the sum of the channel's activation and a = 0 where the gradient g is 0.
/// Powers of the gradient stand for the higher derivatives, which is exact for an exponential behind the score; as in pytorch-grad-cam.
/// </summary>
/// <example><c>--explainer "grad-cam-plus-plus(layer=layer4)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class GradCamPlusPlusExplainer(CamOptions options, IGraphRunner runner) : GradientCamExplainer(options, runner)
{
    private const double Tiny = 1e-6;

    private protected override Cam Compute(float[] activation, float[] gradient, LayerGrid grid)
    {
        float[] weights = new float[grid.Channels];
        for (int c = 0; c < weights.Length; c++)
        {
            double sum = 0, weight = 0;
            for (int i = c * grid.Area; i < (c + 1) * grid.Area; i++) sum += activation[i];
            for (int i = c * grid.Area; i < (c + 1) * grid.Area; i++)
            {
                double g = gradient[i];
                if (g > 0) weight += g * g * g / ((2 * g * g) + (sum * g * g * g) + Tiny);
            }

            weights[c] = (float)weight;
        }

        return new Cam(ChannelSum.Weighted(activation, weights, grid.Area), weights);
    }
}
