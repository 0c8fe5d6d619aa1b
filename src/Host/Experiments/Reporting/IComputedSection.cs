using Pellucid.Graphs;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>A section that computes something of its own, before the units. It keeps that in the workspace, so that a run that goes on finds it.</summary>
internal interface IComputedSection : IPlannedSection
{
    /// <summary>Computes what is not there yet.</summary>
    /// <param name="workspace">Where results are kept.</param>
    /// <param name="options">How the experiment is run.</param>
    /// <param name="timings">Takes the time of what is computed.</param>
    /// <param name="cancellationToken">Stops the work; what is done stays.</param>
    /// <exception cref="PellucidException">It cannot be computed or kept.</exception>
    Task ComputeAsync(Workspace workspace, ExperimentRunOptions options, RunTimings timings, CancellationToken cancellationToken);
}
