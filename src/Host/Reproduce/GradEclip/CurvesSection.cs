using Pellucid.Abstractions.Reports;
using Pellucid.Host.Evaluating;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>The mean curves behind the table of a part: the paper's figure 5.</summary>
/// <param name="title">Heading.</param>
internal sealed class CurvesSection(string title) : IReportSection
{
    public Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        report.Heading(title);
        bool any = false;
        foreach (string metric in results.Metrics)
        {
            cancellationToken.ThrowIfCancellationRequested();
            MeanCurve[] curves = [.. results.Explainers.SelectMany(e => MeanCurves.Of(results.Models[0], metric, e, results.Units.Where(u => u.Explainer == e), results.Seed))];
            any |= curves.Length > 0;
            CurveCharts.Write(report, metric, curves);
        }

        if (!any) report.Paragraph("No image has a curve.");
        return Task.CompletedTask;
    }
}
