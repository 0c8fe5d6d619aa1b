namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// What the relative stabilities share (Agarwal et al. 2022, Rethinking stability for attribution-based explanations): the largest ratio, over noisy images with the same prediction, of the
/// relative change of the explanation to a change of something else. At least 0, lower is better.
/// </summary>
/// <param name="options">Options.</param>
public abstract class RelativeStabilityMetric(RelativeStabilityOptions options) : NoiseMetric(options)
{
    /// <summary>The change that the explanation's change is measured against.</summary>
    private protected abstract double Divisor(ExplainedView before, ExplainedView after);

    private protected override double Compare(ExplainedView before, ExplainedView after)
    {
        double divisor = Divisor(before, after);
        return RelativeChange(before.Map, after.Map) / (divisor == 0 ? options.Epsilon : divisor);
    }

    /// <summary>Norm of the change, each value as a share of what it was; a number stands in for zeros.</summary>
    private protected double RelativeChange(float[] before, float[] after)
    {
        double sum = 0;
        for (int i = 0; i < before.Length; i++)
        {
            double change = ((double)before[i] - after[i]) / (before[i] == 0 ? options.Epsilon : before[i]);
            sum += change * change;
        }

        return Math.Sqrt(sum);
    }
}
