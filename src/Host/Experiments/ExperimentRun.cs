using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Reporting;

namespace Pellucid.Host.Experiments;

/// <summary>An experiment that was run to its end.</summary>
/// <param name="Plan">What was asked.</param>
/// <param name="Results">What was found.</param>
/// <param name="Tally">What this run did.</param>
/// <param name="Sections">The sections of its report, in order, with what they computed.</param>
public sealed record ExperimentRun(ExperimentPlan Plan, ExperimentResults Results, RunTally Tally, IReadOnlyList<IReportSection> Sections)
{
    /// <summary>Units without a result, or with a metric that failed, in order.</summary>
    public IReadOnlyList<ReportUnit> Failed => [.. Results.Units.Where(u => u.Failure is not null || u.MetricFailures.Count > 0)];
}
