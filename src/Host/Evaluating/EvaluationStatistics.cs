using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Evaluating;

/// <summary>
/// From the units of an experiment to estimates, comparisons and curves. What is drawn, in intervals and tests alike, are images: targets of one image are not
/// independent of each other.
/// </summary>
public static class EvaluationStatistics
{
    /// <summary>Largest adjusted p-value that shows a difference.</summary>
    public const double Significance = 0.05;

    /// <summary>Evaluates.</summary>
    /// <param name="results">What an experiment found.</param>
    /// <param name="metric">Gives the metric of a canonical text.</param>
    public static Evaluation Of(IReportResults results, Func<string, IMetric> metric)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(metric);
        List<MetricEstimate> estimates = [];
        List<MetricComparison> comparisons = [];
        List<MeanCurve> curves = [];
        ILookup<(string, string), ReportUnit> units = results.Units.ToLookup(u => (u.Model, u.Explainer));
        foreach (string model in results.Models)
        {
            foreach (string text in results.Metrics)
            {
                IMetric definition = metric(text);
                Dictionary<string, MetricValues> values = new(StringComparer.Ordinal);
                foreach (string explainer in results.Explainers)
                {
                    ReportUnit[] own = [.. units[(model, explainer)]];
                    values[explainer] = new MetricValues(text, definition, own, results.Pools.FirstOrDefault(p => p.Model == model && p.Explainer == explainer && p.Metric == text));
                    estimates.Add(Estimate(model, text, explainer, definition, own, values[explainer], results.Seed));
                    curves.AddRange(MeanCurves.Of(model, text, explainer, own, results.Seed));
                }

                comparisons.AddRange(Compare(model, text, definition.Traits.Direction, results.Explainers, values, results.Seed));
            }
        }

        return new Evaluation(estimates, comparisons, curves);
    }

    private static MetricEstimate Estimate(string model, string metric, string explainer, IMetric definition, ReportUnit[] units, MetricValues values, ulong seed) => new()
    {
        Model = model,
        Metric = metric,
        Explainer = explainer,
        Direction = definition.Traits.Direction,
        Value = values.Estimate(seed),
        Pooled = definition is IPooledMetric,
        Units = units.Length,
        Measured = values.Count,
        Failed = units.Count(u => u.Failure is not null || u.MetricFailures.ContainsKey(metric)),
        WithoutValue = new SortedDictionary<string, int>(
            units.Select(u => u.Metrics.GetValueOrDefault(metric)).Where(r => r?.Status is MetricStatus.Undefined or MetricStatus.NotApplicable)
                .GroupBy(r => r!.Reason!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            StringComparer.Ordinal),
    };

    private static IEnumerable<MetricComparison> Compare(
        string model, string metric, MetricDirection direction, IReadOnlyList<string> explainers, Dictionary<string, MetricValues> values, ulong seed)
    {
        int comparisons = Math.Max(1, explainers.Count * (explainers.Count - 1) / 2);
        (string First, string Second, PairedDifference? Difference)[] pairs =
        [
            .. from i in Enumerable.Range(0, explainers.Count)
               from j in Enumerable.Range(i + 1, explainers.Count - i - 1)
               select (explainers[i], explainers[j], values[explainers[i]].Compare(values[explainers[j]], comparisons, seed)),
        ];
        // All pairs of a metric are judged together: with ten explainers one in twenty of 45 pairs would differ by chance.
        Queue<double> adjusted = new(Holm.Adjust([.. pairs.Where(p => p.Difference is not null).Select(p => p.Difference!.PValue)]));
        foreach ((string first, string second, PairedDifference? difference) in pairs)
        {
            double? p = difference is null ? null : adjusted.Dequeue();
            yield return new MetricComparison(model, metric, first, second, difference, p, Verdict(difference, p, direction));
        }
    }

    private static ComparisonVerdict Verdict(PairedDifference? difference, double? adjusted, MetricDirection direction) => (difference?.Shown(adjusted, Significance), direction) switch
    {
        (null, _) => ComparisonVerdict.NotTested,
        (ShownDifference.None, _) => ComparisonVerdict.NoDifferenceShown,
        (ShownDifference.Higher, MetricDirection.None) => ComparisonVerdict.Higher,
        (_, MetricDirection.None) => ComparisonVerdict.Lower,
        (ShownDifference.Higher, MetricDirection.Higher) or (ShownDifference.Lower, MetricDirection.Lower) => ComparisonVerdict.Better,
        _ => ComparisonVerdict.Worse,
    };
}
