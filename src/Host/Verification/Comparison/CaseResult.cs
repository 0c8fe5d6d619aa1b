namespace Pellucid.Host.Verification.Comparison;

/// <summary>What became of one case.</summary>
/// <param name="Id">Its id in the manifest.</param>
/// <param name="Method">Its method.</param>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why it is not passed; null where it is.</param>
public sealed record CaseResult(string Id, string Method, CaseOutcome Outcome, string? Reason = null)
{
    /// <summary>Largest difference from the reference over all elements; null where nothing was compared.</summary>
    public double? Error { get; init; }

    /// <summary>Largest difference allowed.</summary>
    public double Tolerance { get; init; }

    /// <summary><see cref="Error"/> as a fraction of <see cref="Tolerance"/>; above 1 is a failure. Null where nothing was compared.</summary>
    public double? Relative => Error switch
    {
        null => null,
        0 => 0,
        double error => Tolerance > 0 ? error / Tolerance : double.PositiveInfinity,
    };

    /// <summary>Where the largest difference is, with both values; null where nothing was compared.</summary>
    public string? Where { get; init; }
}
