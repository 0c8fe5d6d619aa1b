using System.Numerics.Tensors;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// Largest ratio of the change of the explanation to the change of the image over noisy images, a local Lipschitz constant (Alvarez-Melis, Jaakkola 2018, On the robustness of
/// interpretability methods, equation 2). At least 0, lower is better.
/// </summary>
/// <param name="options">Options.</param>
public sealed class LocalLipschitzMetric(LocalLipschitzOptions options) : NoiseMetric(options)
{
    private protected override double Compare(ExplainedView before, ExplainedView after)
    {
        double distance = TensorPrimitives.Distance<float>(before.Pixels, after.Pixels);
        return distance > 0 ? TensorPrimitives.Distance<float>(before.Map, after.Map) / distance : double.NaN;
    }
}
