using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>Section <c>results</c>: for each model and explainer the number of units and the mean of every metric, then the failures.</summary>
public sealed class ResultsSection : IReportSection
{
    /// <inheritdoc/>
    public Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(report);
        report.Heading("Results");
        report.Table(
            ["model", "explainer", "units", "failed", "without a map", "mean score", "mean drift", .. results.Metrics],
            results.Units.GroupBy(u => (u.Model, u.Explainer)).Select(g => Row(g.Key.Model, g.Key.Explainer, [.. g], results)));
        ReportUnit[] failed = [.. results.Units.Where(u => u.Failure is not null || u.MetricFailures.Count > 0)];
        if (failed.Length == 0) return Task.CompletedTask;
        report.Heading("Failures");
        report.Table(["model", "image", "target", "explainer", "why"], failed.Select(u => (IReadOnlyList<string>)[u.Model, u.Item.Id, u.Target.Description, u.Explainer, u.Failure ?? string.Join("; ", u.MetricFailures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value))]));
        return Task.CompletedTask;
    }

    private static IReadOnlyList<string> Row(string model, string explainer, ReportUnit[] units, IReportResults results)
    {
        ReportUnit[] done = [.. units.Where(u => u.Failure is null)];
        return
        [
            model, explainer, $"{units.Length}", $"{units.Length - done.Length}", $"{done.Count(u => u.Undefined is not null)}",
            Mean(done.Select(u => u.Score)), Mean(done.Select(u => u.Score - u.ExplainedScore)),
            .. results.Metrics.Select(m => results.Pools.FirstOrDefault(p => p.Model == model && p.Explainer == explainer && p.Metric == m) is { Result.Status: MetricStatus.Measured } pool
                ? $"{pool.Result.Value:F4}" : Mean(done.Select(u => u.Measured(m)))),
        ];
    }

    private static string Mean(IEnumerable<double?> values)
    {
        double[] known = [.. values.OfType<double>()];
        return known.Length == 0 ? "none" : $"{known.Average():F4}";
    }
}
