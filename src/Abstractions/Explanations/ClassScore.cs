namespace Pellucid.Abstractions.Explanations;

/// <summary>Which number of a class is meant.</summary>
public enum ClassScore
{
    /// <summary>The ensemble of the scores with the class's prompts.</summary>
    Logit,

    /// <summary>The softmax of these over all classes of the set.</summary>
    Probability,
}
