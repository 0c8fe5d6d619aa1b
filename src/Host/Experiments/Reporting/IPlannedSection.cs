using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>A section that reads more than results: it is shown the experiment, then the plan, before any work, and refuses what it cannot report on.</summary>
internal interface IPlannedSection : IReportSection
{
    /// <summary>Looks at the experiment, before anything is opened or made.</summary>
    /// <exception cref="PellucidException">The experiment is not one that it can report on.</exception>
    void Check(Experiment experiment);

    /// <summary>Takes what it needs from the plan. Nothing is computed.</summary>
    /// <exception cref="PellucidException">The experiment is not one that it can report on.</exception>
    void Plan(ExperimentPlan plan);
}
