using Pellucid.Abstractions.Execution;

namespace Pellucid.Host.Verification.Reporting;

/// <summary>What became of all suites.</summary>
/// <param name="Environment">What the numbers were computed on.</param>
/// <param name="Suites">The suites.</param>
public sealed record VerificationReport(ExecutionEnvironment Environment, IReadOnlyList<SuiteReport> Suites)
{
    /// <summary>All cases.</summary>
    public OutcomeCounts Counts => OutcomeCounts.Of(Suites.SelectMany(s => s.Cases));
}
