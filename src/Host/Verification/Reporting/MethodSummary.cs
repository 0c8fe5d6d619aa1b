using Pellucid.Host.Verification.Comparison;

namespace Pellucid.Host.Verification.Reporting;

/// <summary>What became of the cases of a method.</summary>
/// <param name="Method">The method.</param>
/// <param name="Counts">How many.</param>
/// <param name="Worst">The largest error as a fraction of its tolerance; null where nothing was compared.</param>
/// <param name="Remark">The first reason why a case was not computed; null where all were.</param>
public sealed record MethodSummary(string Method, OutcomeCounts Counts, double? Worst, string? Remark)
{
    /// <summary>Sums up cases of one method.</summary>
    public static MethodSummary Of(string method, IReadOnlyCollection<CaseResult> cases) => new(
        method,
        OutcomeCounts.Of(cases),
        cases.Max(c => c.Relative),
        cases.FirstOrDefault(c => c.Outcome is CaseOutcome.NotImplemented)?.Reason ?? cases.FirstOrDefault(c => c.Outcome is CaseOutcome.NotApplicable)?.Reason);
}
