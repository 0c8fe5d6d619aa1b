namespace Pellucid.Host.Verification.Comparison;

/// <summary>What became of a reference case.</summary>
public enum CaseOutcome
{
    /// <summary>Our numbers are the reference's, within tolerance.</summary>
    Passed,

    /// <summary>They are not, or could not be computed although the method is implemented.</summary>
    Failed,

    /// <summary>The method, a parameter or the model of the case is none that this version has.</summary>
    NotImplemented,

    /// <summary>The case holds no number to compare with: a crash of the published code, or one that it marks as unstable or degenerate.</summary>
    NotApplicable,
}
