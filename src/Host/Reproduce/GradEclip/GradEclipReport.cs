using System.Globalization;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Reporting;
using Pellucid.Host.Output;
using Pellucid.Host.Reports;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>The page over all parts.</summary>
internal static class GradEclipReport
{
    private const string Title = "Grad-ECLIP: tables and figures";
    private const int ShownFailures = 20;

    public static Task WriteAsync(Stream stream, GradEclipResult result, GradEclipSpec spec, CancellationToken cancellationToken) =>
        HtmlWriter.WriteAsync(stream, Title, html => RenderAsync(html, result, spec, cancellationToken));

    private static async Task RenderAsync(HtmlWriter html, GradEclipResult result, GradEclipSpec spec, CancellationToken cancellationToken)
    {
        ReportWriter writer = new(html, new OverlayStyle(ColorMap.Ember));
        ExperimentPlan plan = result.Runs[0].Run.Plan;
        html.Raw("<h1>").Text(Title).Raw("</h1>\n<p class=\"lead\">").Text($"The experiments of Zhao et al. 2024 with {plan.Models[0].Id} on {spec.Data}").Raw("</p>\n");
        writer.Paragraph(result.PublishedNote);
        writer.Paragraph("Figure 5 is the curves behind table 1. What figures 3, 4 and 6 to 11 show stands under: methods side by side, words against phrases, attributes, layers, heads and, with --domain, image domains.");
        foreach (string part in result.LeftOut) html.Raw("<p class=\"warn\">").Text($"Left out: {part}").Raw("</p>\n");
        int table = 0;
        foreach ((GradEclipStudy study, ExperimentRun run) in result.Runs)
        {
            if (study.Table is not null) result.Tables[table++].WriteTo(writer);
            foreach (IReportSection section in study.Sections) await section.WriteAsync(run.Results, writer, cancellationToken);
        }

        if (result.Timings is not null) html.Raw("<h2>Table 4: time for one image and text</h2>\n<p>Times differ from run to run, so they stand in files of their own: <a href=\"").Raw(GradEclipJob.TimesFile).Raw("\">the table</a>, as multiples of the forward pass.</p>\n");
        Failures(result, writer);
        writer.Heading("Where these numbers come from");
        writer.Table(["part", "images", "units", "seed", "model", "sha256"], result.Runs.Select(r => (IReadOnlyList<string>)
            [r.Study.Name, $"{r.Run.Results.Items.Count}", $"{r.Run.Results.Units.Count}", $"{r.Run.Results.Seed}", r.Run.Plan.Models[0].Id, r.Run.Plan.Models[0].Model.Description.ContentHash]));
        writer.Table(["explainer", "source", "plugin"], result.Runs.SelectMany(r => r.Run.Plan.Explainers).DistinctBy(e => e.Chosen.Text).Select(e => (IReadOnlyList<string>)[e.Chosen.Text, e.Chosen.Source, $"{e.Chosen.PluginId} {e.Chosen.PluginVersion}"]));
    }

    /// <summary>Table 4 as a page: it differs from run to run.</summary>
    public static byte[] Times(MethodTimings timings) => HtmlWriter.ToPage("Grad-ECLIP: times", html =>
    {
        ReportWriter writer = new(html, new OverlayStyle(ColorMap.Ember));
        writer.Heading("Table 4: time for one image and text");
        writer.Paragraph(string.Create(CultureInfo.InvariantCulture, $"Medians of three runs of one image and text on this machine, each in turns with the forward pass. The forward pass of both takes {timings.ForwardMilliseconds:F1} ms."));
        writer.Table(["explainer", "milliseconds", "forward passes"], timings.Explainers.Select(e => (IReadOnlyList<string>)
            [e.Explainer, e.Milliseconds.ToString("F1", CultureInfo.InvariantCulture), e.Forwards.ToString("F1", CultureInfo.InvariantCulture)]));
    });

    private static void Failures(GradEclipResult result, ReportWriter writer)
    {
        var groups = result.Runs.SelectMany(r => r.Run.Failed.Select(u => (Part: r.Study.Name, u.Explainer, Why: u.Failure ?? string.Join("; ", u.MetricFailures.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Value)))))
            .GroupBy(f => f).OrderByDescending(g => g.Count()).ToArray();
        if (groups.Length == 0) return;
        writer.Heading("Failures");
        writer.Table(["part", "units", "explainer", "why"], groups.Take(ShownFailures).Select(g => (IReadOnlyList<string>)[g.Key.Part, $"{g.Count()}", g.Key.Explainer, g.Key.Why]));
        if (groups.Length > ShownFailures) writer.Paragraph($"And {groups.Length - ShownFailures} more reasons: see summary.json of each part.");
    }
}
