namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// Mean change of the explanation over small random changes of the image, as a share of its norm (Bhatt, Weller, Moura 2020, Evaluating and aggregating feature-based model explanations,
/// definition 4; Yeh et al. 2019). At least 0, lower is better. Undefined where the attribution is zero everywhere.
/// </summary>
/// <param name="options">Options.</param>
public sealed class AvgSensitivityMetric(AvgSensitivityOptions options) : SensitivityMetric(options)
{
    private protected override double Reduce(IReadOnlyList<double> values) => values.Average();
}
