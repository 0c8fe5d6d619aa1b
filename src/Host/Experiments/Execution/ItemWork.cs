using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>
/// Computes what is missing of one image on one model: units batch by batch, then metrics on them. Each batch is remembered in one step, after its
/// maps are kept, so that being killed costs the batch at work and nothing else.
/// </summary>
/// <param name="workspace">Where results are remembered.</param>
/// <param name="units">Explains.</param>
/// <param name="metrics">Measures.</param>
/// <param name="timings">Takes the times.</param>
internal sealed class ItemWork(Workspace workspace, UnitExecutor units, MetricExecutor metrics, RunTimings timings)
{
    /// <summary>Metric values that were there already.</summary>
    public int MetricsReused { get; private set; }

    /// <summary>Works.</summary>
    /// <param name="batches">All batches of the image and model.</param>
    /// <param name="damaged">Keys of units whose maps were damaged, and whose results are forgotten.</param>
    /// <param name="planned">Metrics of the experiment.</param>
    /// <param name="load">Loads the image; called once at most, and only where something is missing.</param>
    /// <param name="done">Told how many units are done with their metrics.</param>
    /// <param name="cancellationToken">Abandons the batch at work.</param>
    public async Task RunAsync(
        IReadOnlyList<UnitBatch> batches, IReadOnlySet<string> damaged, IReadOnlyList<PlannedMetric> planned,
        Func<Task<(LoadedItem? Item, string? Problem)>> load, Action<int> done, CancellationToken cancellationToken)
    {
        (LoadedItem? Item, string? Problem)? loaded = null;
        foreach (UnitBatch batch in batches)
        {
            Dictionary<string, UnitResult> found = new(await workspace.Units.FindUnitsAsync([.. batch.Units.Select(u => u.Key)], cancellationToken), StringComparer.Ordinal);

            // A damaged map is made anew in the company it was made in, so that it gets the same bytes.
            bool repair = batch.Units.Any(u => damaged.Contains(u.Key));
            PlannedUnit[] missing = [.. batch.Units.Where(u => repair || !found.ContainsKey(u.Key))];
            if (missing.Length > 0)
            {
                loaded ??= await timings.MeasureAsync("load images", load);
                foreach (UnitResult result in await ExplainAsync(new UnitBatch(missing), loaded.Value, cancellationToken)) found.TryAdd(result.Key, result);
            }

            List<MetricTask> tasks = [];
            foreach (PlannedUnit unit in batch.Units.Where(u => found.ContainsKey(u.Key))) tasks.AddRange(await MetricTasks.OfAsync(unit, found[unit.Key], planned, cancellationToken));
            MetricTask[] open = [.. await OpenAsync(tasks, cancellationToken)];
            MetricsReused += tasks.Count - open.Length;
            if (open.Length > 0)
            {
                loaded ??= await timings.MeasureAsync("load images", load);
                await MeasureAsync(open, loaded.Value, cancellationToken);
            }

            done(batch.Units.Count);
        }
    }

    private async Task<IReadOnlyList<UnitResult>> ExplainAsync(UnitBatch batch, (LoadedItem? Item, string? Problem) loaded, CancellationToken cancellationToken)
    {
        BatchOutcome outcome = loaded.Item is { } item
            ? await timings.MeasureAsync($"explain: {batch.First.Explainer.Chosen.Text}", () => units.RunAsync(batch, item, cancellationToken))
            : new BatchOutcome([], [.. batch.Units.Select(u => new UnitFailure(u.Key, loaded.Problem!))]);
        if (outcome.Results.Count > 0) await workspace.Units.AddUnitsAsync(outcome.Results, cancellationToken);
        if (outcome.Failures.Count > 0) await workspace.Units.NoteFailuresAsync(outcome.Failures, cancellationToken);
        return outcome.Results;
    }

    private async Task MeasureAsync(MetricTask[] tasks, (LoadedItem? Item, string? Problem) loaded, CancellationToken cancellationToken)
    {
        foreach (IGrouping<PlannedMetric, MetricTask> group in tasks.GroupBy(t => t.Metric))
        {
            (IReadOnlyList<StoredMetric> results, IReadOnlyList<UnitFailure> failures) = loaded.Item is { } item
                ? await timings.MeasureAsync($"measure: {group.Key.Text}", () => metrics.RunAsync([.. group], item, cancellationToken))
                : ([], [.. group.Select(t => new UnitFailure(t.Key, loaded.Problem!))]);
            if (results.Count > 0) await workspace.Units.AddMetricsAsync(results, cancellationToken);
            if (failures.Count > 0) await workspace.Units.NoteFailuresAsync(failures, cancellationToken);
        }
    }

    /// <summary>Tasks without a value that can be used; values whose state is damaged are forgotten.</summary>
    private async Task<IReadOnlyList<MetricTask>> OpenAsync(List<MetricTask> tasks, CancellationToken cancellationToken)
    {
        if (tasks.Count == 0) return tasks;
        IReadOnlyDictionary<string, StoredMetric> there = await workspace.Units.FindMetricsAsync([.. tasks.Select(t => t.Key)], cancellationToken);
        List<string> spoiled = [];
        foreach (StoredMetric metric in there.Values)
        {
            if (!await StoredMeasurement.IsWholeAsync(metric, workspace.Artifacts, cancellationToken)) spoiled.Add(metric.Key);
        }

        if (spoiled.Count > 0) await workspace.Units.ForgetMetricsAsync(spoiled, cancellationToken);
        // Metrics that differ in what their pools do share a key: what one has measured the others find.
        return [.. tasks.Where(t => !there.ContainsKey(t.Key) || spoiled.Contains(t.Key, StringComparer.Ordinal)).DistinctBy(t => t.Key)];
    }
}
