namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>
/// Largest change of the explanation over small random changes of the image, as a share of its norm (Yeh et al. 2019, On the (in)fidelity and sensitivity of explanations, definition 3.1).
/// At least 0, lower is better. Undefined where the attribution is zero everywhere.
/// </summary>
/// <param name="options">Options.</param>
public sealed class MaxSensitivityMetric(MaxSensitivityOptions options) : SensitivityMetric(options);
