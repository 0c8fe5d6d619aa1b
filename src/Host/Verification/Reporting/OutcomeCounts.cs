using Pellucid.Host.Verification.Comparison;

namespace Pellucid.Host.Verification.Reporting;

/// <summary>How many cases came to what.</summary>
/// <param name="Passed">Equal within tolerance.</param>
/// <param name="Failed">Not equal, or not computable.</param>
/// <param name="NotImplemented">Not part of this version.</param>
/// <param name="NotApplicable">Without a number to compare with.</param>
public sealed record OutcomeCounts(int Passed, int Failed, int NotImplemented, int NotApplicable)
{
    /// <summary>Counts.</summary>
    public static OutcomeCounts Of(IEnumerable<CaseResult> cases)
    {
        ILookup<CaseOutcome, CaseResult> by = cases.ToLookup(c => c.Outcome);
        return new OutcomeCounts(
            by[CaseOutcome.Passed].Count(), by[CaseOutcome.Failed].Count(), by[CaseOutcome.NotImplemented].Count(), by[CaseOutcome.NotApplicable].Count());
    }

    /// <summary>The line that a verification ends with.</summary>
    public override string ToString() => $"{Passed} passed, {Failed} failed, {NotImplemented} not implemented, {NotApplicable} not applicable";
}
