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

    /// <summary>1 where no candidate text scores higher than the target's, else 0: over a data set, the accuracy.</summary>
    Top1,

    /// <summary>1 where fewer than five candidate texts score higher than the target's, else 0.</summary>
    Top5,
}
