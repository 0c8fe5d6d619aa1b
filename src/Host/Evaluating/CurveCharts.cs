using Pellucid.Abstractions.Reports;

namespace Pellucid.Host.Evaluating;

/// <summary>Charts of mean curves.</summary>
internal static class CurveCharts
{
    /// <summary>A chart for each name that the curves of a metric have, with a line an explainer.</summary>
    public static void Write(IReportWriter report, string title, IEnumerable<MeanCurve> curves)
    {
        foreach (var named in curves.GroupBy(c => c.Name, StringComparer.Ordinal))
            report.Chart(new ReportChart($"{title}: {named.Key}, mean over images with 95 % bands", "share of the input changed", named.Key, [.. named.Select(c => new ReportSeries(c.Explainer, c.X, c.Mean) { Low = c.Low, High = c.High })]));
    }
}
