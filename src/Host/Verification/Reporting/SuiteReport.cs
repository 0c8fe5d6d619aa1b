using Pellucid.Host.Verification.Comparison;

namespace Pellucid.Host.Verification.Reporting;

/// <summary>What became of a suite.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Cases">All its cases.</param>
public sealed record SuiteReport(string Kind, string Folder, IReadOnlyList<CaseResult> Cases)
{
    /// <summary>Id and method of the case that fails where the suite's files cannot be used.</summary>
    internal const string FilesId = "(files)";

    /// <summary>Cases by method, in the order the methods first occur.</summary>
    public IReadOnlyList<MethodSummary> Methods =>
        [.. Cases.GroupBy(c => c.Method, StringComparer.Ordinal).Select(g => MethodSummary.Of(g.Key, [.. g]))];

    /// <summary>Cases that failed.</summary>
    public IEnumerable<CaseResult> Failures => Cases.Where(c => c.Outcome == CaseOutcome.Failed);
}
