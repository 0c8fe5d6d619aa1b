using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Planning;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>Puts metric results together that belong to the whole data set.</summary>
internal static class Pools
{
    /// <summary>The pools of all pooled metrics; a unit's own value among the others takes the place of what it had.</summary>
    /// <param name="metrics">Metrics of the experiment.</param>
    /// <param name="units">Its units, in order.</param>
    /// <param name="measurements">Takes the units' own values in.</param>
    public static IReadOnlyList<ReportPool> Of(IReadOnlyList<PlannedMetric> metrics, ReportUnit[] units, StoredMeasurements measurements)
    {
        List<ReportPool> pools = [];
        foreach (PlannedMetric metric in metrics)
        {
            if (metric.Metric is IPooledMetric pooled) pools.AddRange(Of(metric.Text, pooled, units, measurements));
        }

        return pools;
    }

    private static IEnumerable<ReportPool> Of(string metric, IPooledMetric pooled, ReportUnit[] units, StoredMeasurements measurements)
    {
        foreach (var group in Enumerable.Range(0, units.Length).Where(u => units[u].Metrics.ContainsKey(metric)).GroupBy(u => (units[u].Model, units[u].Explainer)).ToArray())
        {
            IMetricPool pool = pooled.CreatePool();
            int[] members = [.. group];
            foreach (int u in members) pool.Add(units[u].Metrics[metric]);
            PooledResult result = pool.Finish();
            for (int i = 0; i < members.Length && result.Items is not null; i++)
                units[members[i]] = units[members[i]] with { Metrics = new Dictionary<string, MetricResult>(units[members[i]].Metrics, StringComparer.Ordinal) { [metric] = measurements.Hold(result.Items[i]) } };
            yield return new ReportPool(group.Key.Model, group.Key.Explainer, metric, result.Overall);
        }
    }
}
