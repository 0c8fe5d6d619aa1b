namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Relative change of the explanation over the relative change of the image (Agarwal et al. 2022, equation 2). See <see cref="RelativeStabilityMetric"/>.</summary>
/// <param name="options">Options.</param>
public sealed class RelativeInputStabilityMetric(RelativeInputStabilityOptions options) : RelativeStabilityMetric(options)
{
    private protected override double Divisor(ExplainedView before, ExplainedView after) => RelativeChange(before.Pixels, after.Pixels);
}
