using System.Numerics.Tensors;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>What the metrics of sensitivity share: the change of the explanation as a share of its norm. Undefined where the attribution is zero everywhere.</summary>
/// <param name="options">Options.</param>
public abstract class SensitivityMetric(SensitivityOptions options) : NoiseMetric(options)
{
    /// <inheritdoc/>
    public override string? Refusal(MetricRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return options.Compare == MeasuredAttribution.Elements && request.Items.Any(i => i.Elements is null)
            ? "the explainer gives no attribution of the input's elements; use compare=map"
            : null;
    }

    private protected override HostTensor AttributionOf(MeasuredItem item) =>
        options.Compare == MeasuredAttribution.Map ? base.AttributionOf(item) : item.Elements ?? throw new PellucidException("the explanation of a changed image has no attribution of the input's elements");

    private protected override double Compare(ExplainedView before, ExplainedView after)
    {
        double norm = TensorPrimitives.Norm<float>(before.Map);
        return norm > 0 ? TensorPrimitives.Distance<float>(before.Map, after.Map) / norm : double.NaN;
    }
}
