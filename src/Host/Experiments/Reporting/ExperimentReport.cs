using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Output;
using Pellucid.Host.Reports;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>Puts the report of an experiment together from its sections.</summary>
internal static class ExperimentReport
{
    /// <summary>Writes the page to a stream as it comes: its pictures are not held.</summary>
    public static Task WriteAsync(Stream stream, ExperimentResults results, ExperimentPlan plan, IReadOnlyList<IReportSection> sections, HostServices services, CancellationToken cancellationToken) =>
        HtmlWriter.WriteAsync(stream, plan.Experiment.Report.Title ?? results.Name, html => RenderAsync(html, results, plan, sections, services, cancellationToken));

    private static async Task RenderAsync(HtmlWriter html, ExperimentResults results, ExperimentPlan plan, IReadOnlyList<IReportSection> sections, HostServices services, CancellationToken cancellationToken)
    {
        ReportChoice choice = plan.Experiment.Report;
        html.Raw("<h1>").Text(choice.Title ?? results.Name).Raw("</h1>\n<p class=\"lead\">")
            .Text($"{results.Units.Count} units: {results.Items.Count} images of {plan.Experiment.Dataset.Path}, {results.Explainers.Count} explainers, {results.Models.Count} models").Raw("</p>\n");
        ReportWriter writer = new(html, new OverlayStyle(ColorMap.Ember));
        foreach (IReportSection section in sections) await section.WriteAsync(results, writer, cancellationToken);
        RenderProvenance(html, plan, services);
    }

    private static void RenderProvenance(HtmlWriter html, ExperimentPlan plan, HostServices services)
    {
        html.Raw("<h2>Where these numbers come from</h2>\n<dl class=\"facts\">");
        foreach (PlannedModel model in plan.Models) Fact(html, "model", $"{model.Id}, sha256 {model.Model.Description.ContentHash}");
        foreach (PlannedExplainer e in plan.Explainers) Fact(html, e.Chosen.Text, $"{e.Chosen.Source} (plugin {e.Chosen.PluginId} {e.Chosen.PluginVersion})");
        Abstractions.Execution.ExecutionEnvironment environment = services.Runner.Environment;
        Fact(html, "computed on", $"{environment.Device} ({environment.DeviceDetail}), {environment.Engine}, {environment.Threads} threads");
        Fact(html, "seed", plan.Experiment.Seed.ToString());
        html.Raw("</dl>\n");
    }

    private static void Fact(HtmlWriter html, string name, string value) => html.Raw("<dt>").Text(name).Raw("</dt><dd>").Text(value).Raw("</dd>");
}
