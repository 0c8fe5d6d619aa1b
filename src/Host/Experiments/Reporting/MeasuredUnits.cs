using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>Brings metric values to their units, and puts those together that belong to the whole data set.</summary>
internal static class MeasuredUnits
{
    /// <summary>The units with their metrics, and the pools.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="units">Its units, in order.</param>
    /// <param name="stored">What was found for them.</param>
    /// <param name="workspace">Where metric values are.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<(IReadOnlyList<ReportUnit> Units, IReadOnlyList<ReportPool> Pools)> ReadAsync(
        ExperimentPlan plan, ReportUnit[] units, IReadOnlyDictionary<string, UnitResult> stored, Workspace workspace, CancellationToken cancellationToken)
    {
        if (plan.Metrics.Count == 0) return (units, []);
        var measured = new ReportUnit[units.Length];
        for (int u = 0; u < units.Length; u++)
            measured[u] = stored.TryGetValue(units[u].Key, out UnitResult? result) ? await WithMetricsAsync(plan, plan.Units[u], units[u], result, workspace, cancellationToken) : units[u];
        List<ReportPool> pools = [];
        foreach (PlannedMetric metric in plan.Metrics)
        {
            if (metric.Metric is IPooledMetric pooled) pools.AddRange(Pool(metric.Text, pooled, measured));
        }

        return (measured, pools);
    }

    private static async Task<ReportUnit> WithMetricsAsync(ExperimentPlan plan, PlannedUnit planned, ReportUnit unit, UnitResult result, Workspace workspace, CancellationToken cancellationToken)
    {
        IReadOnlyList<MetricTask> tasks = await MetricTasks.OfAsync(planned, result, plan.Metrics, cancellationToken);
        string[] keys = [.. tasks.Select(t => t.Key)];
        IReadOnlyDictionary<string, StoredMetric> values = await workspace.Units.FindMetricsAsync(keys, cancellationToken);
        IReadOnlyDictionary<string, UnitFailure> failures = await workspace.Units.FindFailuresAsync([.. keys.Where(k => !values.ContainsKey(k))], cancellationToken);
        Dictionary<string, MetricResult> metrics = new(StringComparer.Ordinal);
        Dictionary<string, string> failed = new(StringComparer.Ordinal);
        foreach (MetricTask task in tasks)
        {
            if (values.TryGetValue(task.Key, out StoredMetric? value) && await StoredMeasurement.ReadAsync(value, workspace.Artifacts, cancellationToken) is { } read) metrics[task.Metric.Text] = read;
            else failed[task.Metric.Text] = failures.GetValueOrDefault(task.Key)?.Message ?? $"{task.Metric.Text} was not computed";
        }

        return unit with { Metrics = metrics, MetricFailures = failed };
    }

    private static IEnumerable<ReportPool> Pool(string metric, IPooledMetric pooled, ReportUnit[] units)
    {
        foreach (var group in Enumerable.Range(0, units.Length).Where(u => units[u].Metrics.ContainsKey(metric)).GroupBy(u => (units[u].Model, units[u].Explainer)).ToArray())
        {
            IMetricPool pool = pooled.CreatePool();
            int[] members = [.. group];
            foreach (int u in members) pool.Add(units[u].Metrics[metric]);
            PooledResult result = pool.Finish();
            for (int i = 0; i < members.Length && result.Items is not null; i++)
                units[members[i]] = units[members[i]] with { Metrics = new Dictionary<string, MetricResult>(units[members[i]].Metrics, StringComparer.Ordinal) { [metric] = result.Items[i] } };
            yield return new ReportPool(group.Key.Model, group.Key.Explainer, metric, result.Overall);
        }
    }
}
