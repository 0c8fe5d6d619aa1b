using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Reporting;

namespace Pellucid.Host.Experiments;

/// <summary>An experiment that was run to its end.</summary>
/// <param name="Plan">What was asked.</param>
/// <param name="Results">What was found.</param>
/// <param name="Tally">What this run did.</param>
public sealed record ExperimentRun(ExperimentPlan Plan, ExperimentResults Results, RunTally Tally)
{
    /// <summary>Units without a result, or with a metric that failed, in order.</summary>
    public IReadOnlyList<Abstractions.Reports.ReportUnit> Failed => [.. Results.Units.Where(u => u.Failure is not null || u.MetricFailures.Count > 0)];
}
