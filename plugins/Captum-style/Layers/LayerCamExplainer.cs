using System.Numerics.Tensors;
using Pellucid.Abstractions.Execution;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// LayerCAM (Jiang et al. 2021, "LayerCAM: Exploring hierarchical class activation maps for localization", eq. 3 to 5): every element is weighted
/// by its own rectified gradient. Works at early layers too.
/// </summary>
/// <example><c>--explainer "layer-cam(layer=layer2)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
public sealed class LayerCamExplainer(CamOptions options, IGraphRunner runner) : GradientCamExplainer(options, runner)
{
    private protected override Cam Compute(float[] activation, float[] gradient, LayerGrid grid)
    {
        float[] products = new float[gradient.Length];
        TensorPrimitives.Max(gradient, 0f, products);
        TensorPrimitives.Multiply(products, activation, products);
        return new Cam(ChannelSum.Of(products, grid.Area), null);
    }
}
