using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// Largest ratio, over shifted images, of the change of the explanation (L1) to the change of the image (L2) (Montavon, Samek, Müller 2018, Methods for interpreting and understanding deep
/// neural networks, section 7.1). At least 0, lower is better.
/// </summary>
/// <param name="options">Options.</param>
public sealed class ContinuityMetric(ContinuityOptions options) : RobustnessMetric(options)
{
    private protected override int Count(MeasuredItem item) => Math.Min(options.Steps, (2 * Side(item)) + 1);

    private protected override void Change(MetricRequest request, MeasuredItem item, int step, float[] pixels)
    {
        int side = Side(item), shift = -side + ((step + 1) * (((2 * side) + 1) / Count(item)));
        int width = item.Image.Size.Width, stride = options.Axis == ShiftAxis.Horizontal ? 1 : width;
        ReadOnlySpan<float> original = item.Image.Pixels.Floats;
        new Fill(options.Fill, Fill.ColorsFor(options.Fill, request.Model), item).ApplyToAll(pixels);
        for (int i = 0; i < pixels.Length; i++)
        {
            int from = (i / stride % side) - shift;
            if (from >= 0 && from < side) pixels[i] = original[i - (shift * stride)];
        }
    }

    private protected override double Compare(ExplainedView before, ExplainedView after)
    {
        double distance = TensorPrimitives.Distance<float>(before.Pixels, after.Pixels), change = 0;
        if (distance == 0) return double.NaN;
        for (int i = 0; i < before.Map.Length; i++) change += Math.Abs((double)before.Map[i] - after.Map[i]);
        return change / distance;
    }

    private int Side(MeasuredItem item) => options.Axis == ShiftAxis.Horizontal ? item.Image.Size.Width : item.Image.Size.Height;
}
