using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// Relative change of the explanation over the change of the logits of all candidate texts (Agarwal et al. 2022, equation 5). See <see cref="RelativeStabilityMetric"/>.
/// </summary>
/// <param name="options">Options.</param>
public sealed class RelativeOutputStabilityMetric(RelativeOutputStabilityOptions options) : RelativeStabilityMetric(options)
{
    /// <inheritdoc/>
    public override MetricTraits Traits => base.Traits with { Needs = base.Traits.Needs | MetricNeeds.Evaluations | MetricNeeds.Candidates };

    private protected override bool ComparesLogits => true;

    private protected override double Divisor(ExplainedView before, ExplainedView after) => Math.Sqrt(before.Logits!.Zip(after.Logits!, (a, b) => (a - b) * (a - b)).Sum());
}
