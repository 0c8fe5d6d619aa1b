using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Reporting;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Host.Models;

namespace Pellucid.Host.Experiments;

/// <summary>
/// The one engine of batch jobs: plans an experiment, computes the units that are not there yet, and writes results and report. It can be
/// stopped at any instant; the next run goes on where it was.
/// </summary>
/// <param name="services">The host's services.</param>
/// <param name="models">Finds and loads models.</param>
/// <param name="clock">For timings and nothing else.</param>
public sealed class ExperimentRunner(HostServices services, ModelLocator models, TimeProvider clock)
{
    /// <summary>Plans an experiment and looks what of it is there, without computing or writing anything.</summary>
    /// <exception cref="PellucidException">The experiment cannot be run.</exception>
    public async Task<(ExperimentPlan Plan, RunTally Tally)> LookAsync(ExperimentFile file, ExperimentRunOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        using Workspace? workspace = Workspace.Look(options.WorkspaceFolder);
        (ExperimentPlan plan, _) = await PlanAsync(file, options, () => workspace?.Planning, cancellationToken);
        int intact = 0, damaged = 0, measured = 0;
        if (workspace is not null)
        {
            await foreach ((PlannedUnit unit, UnitResult result, bool whole) in StoredUnits.EachAsync(workspace, plan, cancellationToken))
            {
                if (!whole)
                {
                    damaged++;
                    continue;
                }

                intact++;
                IReadOnlyList<MetricTask> tasks = await MetricTasks.OfAsync(unit, result, plan.Metrics, cancellationToken);
                IReadOnlyDictionary<string, StoredMetric> there = await workspace.Units.FindMetricsAsync([.. tasks.Select(t => t.Key)], cancellationToken);
                measured += tasks.Count(t => there.ContainsKey(t.Key));
            }
        }

        return (plan, new RunTally(plan.Units.Count, intact, damaged, plan.Units.Count * plan.Metrics.Count, measured));
    }

    /// <summary>Runs an experiment.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="progress">Told how many units are done, those of earlier runs included, and of how many.</param>
    /// <param name="cancellationToken">Abandons the batch at work; what was done before stays.</param>
    /// <exception cref="PellucidException">The experiment cannot be run, or results cannot be written.</exception>
    public async Task<ExperimentRun> RunAsync(ExperimentFile file, ExperimentRunOptions options, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(options);
        RunTimings timings = new(clock);
        ExperimentOutput output = ExperimentOutput.Begin(options.Out);
        ExperimentPlan plan;
        IReadOnlyList<IReportSection> sections;
        Workspace? opened = null;
        try
        {
            // The workspace is opened when the experiment was checked, so that a refused one leaves nothing behind.
            (plan, sections) = await timings.MeasureAsync("plan", () => PlanAsync(file, options, () => (opened = Workspace.Open(options.WorkspaceFolder)).Planning, cancellationToken));
        }
        catch
        {
            opened?.Dispose();
            output.Abandon();
            throw;
        }

        using Workspace workspace = opened!;
        foreach (IComputedSection section in sections.OfType<IComputedSection>()) await section.ComputeAsync(workspace, options, timings, cancellationToken);
        StoredUnits stored = await timings.MeasureAsync("look for earlier results", () => StoredUnits.FindAsync(workspace, plan, cancellationToken));
        if (stored.Damaged.Count > 0) await workspace.Units.ForgetUnitsAsync(stored.Damaged, cancellationToken);
        ExecutionEnvironment environment = services.Runner.Environment;
        ItemWork work = new(workspace, new UnitExecutor(workspace.Artifacts, environment, plan.Experiment.Preparation), new MetricExecutor(workspace.Artifacts, environment), timings);
        HashSet<string> damaged = new(stored.Damaged, StringComparer.Ordinal);
        int done = 0, total = plan.Units.Count;
        progress?.Report((0, total));
        foreach (IGrouping<(PlannedModel Model, PlannedItem Item), UnitBatch> group in UnitBatch.Cut(plan.Units, options.BatchSize).GroupBy(b => (b.First.Model, b.First.Item)))
        {
            (PlannedModel model, PlannedItem item) = group.Key;
            await work.RunAsync(
                [.. group], damaged, plan.Metrics, () => LoadAsync(model, item, plan, options, workspace, cancellationToken), count => progress?.Report((done += count, total)), cancellationToken);
        }

        ExperimentResults results = await ExperimentResults.ReadAsync(plan, workspace, options, cancellationToken);
        RunTally tally = new(total, stored.Intact, stored.Damaged.Count, total * plan.Metrics.Count, work.MetricsReused);
        Func<Stream, Task>? report = sections.Count == 0 ? null
            : stream => timings.MeasureAsync("report", async () =>
            {
                await ExperimentReport.WriteAsync(stream, results, plan, sections, services, cancellationToken);
                return true;
            });
        await output.WriteAsync(results, plan, tally, timings, report, cancellationToken);
        return new ExperimentRun(plan, results, tally, sections);
    }

    private async Task<(ExperimentPlan Plan, IReadOnlyList<IReportSection> Sections)> PlanAsync(
        ExperimentFile file, ExperimentRunOptions options, Func<IPlanningStore?> remember, CancellationToken cancellationToken)
    {
        IReadOnlyList<IReportSection> sections = file.Parsed is { } experiment ? new ReportSections(services).MakeAll(experiment, file.Problems) : [];
        ExperimentPlan plan = await new ExperimentPlanner(services, models, clock).PlanAsync(file, options.ImageLimits, remember, cancellationToken);
        foreach (IPlannedSection section in sections.OfType<IPlannedSection>()) section.Plan(plan);
        return (plan, sections);
    }

    private static async Task<(LoadedItem? Item, string? Problem)> LoadAsync(PlannedModel model, PlannedItem item, ExperimentPlan plan, ExperimentRunOptions options, Workspace workspace, CancellationToken cancellationToken)
    {
        if (item.Problem is not null) return (null, item.Problem);
        try
        {
            DecodedImage image = await item.Item.Image.LoadAsync(options.ImageLimits, cancellationToken);
            if (image.ContentHash == item.ImageHash) return (new LoadedItem(image, model.Model.Prepare(image, plan.Experiment.Preparation) with { Name = item.Item.Id }), null);
            return (null, await ItemHashes.ForgetAsync(item, workspace.Planning, cancellationToken));
        }
        catch (PellucidException e)
        {
            return (null, e.Message);
        }
    }
}
