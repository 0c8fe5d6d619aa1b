namespace Pellucid.TestKit;

/// <summary>What one check found.</summary>
/// <param name="Check">What was checked, as a statement about a good explainer.</param>
/// <param name="Failure">What is wrong and what to do; null where the check passed.</param>
public sealed record ConformanceFinding(string Check, string? Failure)
{
    /// <summary>Whether the check passed.</summary>
    public bool Passed => Failure is null;

    /// <inheritdoc/>
    public override string ToString() => Passed ? $"passed: {Check}" : $"FAILED: {Check}: {Failure}";
}
