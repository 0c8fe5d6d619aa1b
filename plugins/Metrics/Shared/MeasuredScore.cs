namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Which output of the model a metric watches.</summary>
public enum MeasuredScore
{
    /// <summary>The target that was explained.</summary>
    Target,

    /// <summary>The logit (tau x cosine) of the target's text.</summary>
    Logit,

    /// <summary>The probability of the target's text among the candidate texts.</summary>
    Probability,
}
