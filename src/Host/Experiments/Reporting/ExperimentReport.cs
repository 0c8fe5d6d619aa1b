using Pellucid.Graphs;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Options;
using Pellucid.Host.Output;
using Pellucid.Host.Reports;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>Puts the report of an experiment together from its sections.</summary>
internal static class ExperimentReport
{
    /// <summary>Notes sections that do not exist or whose options are wrong.</summary>
    public static void Check(Experiment experiment, ExperimentRunOptions options, HostServices services, ExperimentProblems problems)
    {
        ReportSections sections = new(services, options.Sections);
        for (int s = 0; s < experiment.Report.Sections.Count; s++)
        {
            try
            {
                _ = sections.Make(experiment.Report.Sections[s]);
            }
            catch (SpecException e)
            {
                problems.Add($"report.sections[{s}]", e.Problem, e.Position);
            }
            catch (PellucidException e)
            {
                problems.Add($"report.sections[{s}]", e.Message);
            }
        }
    }

    /// <summary>The page; null where no section is asked for.</summary>
    public static async Task<byte[]?> RenderAsync(ExperimentResults results, ExperimentPlan plan, ExperimentRunOptions options, HostServices services, CancellationToken cancellationToken)
    {
        ReportChoice choice = plan.Experiment.Report;
        if (choice.Sections.Count == 0) return null;
        HtmlWriter html = new();
        html.Raw("<h1>").Text(choice.Title ?? results.Name).Raw("</h1>\n<p class=\"lead\">")
            .Text($"{results.Units.Count} units: {results.Items.Count} images of {plan.Experiment.Dataset.Path}, {results.Explainers.Count} explainers, {results.Models.Count} models").Raw("</p>\n");
        ReportWriter writer = new(html, new OverlayStyle(ColorMap.Ember));
        ReportSections sections = new(services, options.Sections);
        foreach (string spec in choice.Sections) await sections.Make(spec).WriteAsync(results, writer, cancellationToken);
        RenderProvenance(html, plan, services);
        return html.ToPage(choice.Title ?? results.Name);
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
