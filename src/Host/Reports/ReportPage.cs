using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Host.Explaining;

namespace Pellucid.Host.Reports;

/// <summary>report.html: one page with all maps, images by texts by explainers, word importances, scores and drift.</summary>
public static class ReportPage
{
    /// <summary>Renders the page.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="overlays">PNG by cell key.</param>
    public static byte[] Render(ExplainResult result, IReadOnlyDictionary<string, byte[]> overlays)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(overlays);
        return HtmlWriter.ToPage("Pellucid explanation", html => Render(html, result, overlays));
    }

    private static void Render(HtmlWriter html, ExplainResult result, IReadOnlyDictionary<string, byte[]> overlays)
    {
        html.Raw("<h1>What made image and text match</h1>\n<p class=\"lead\">").Text(result.Model.Family).Raw(" <code>").Text(result.Model.Id).Raw("</code></p>\n");
        foreach (string warning in result.Warnings) html.Raw("<p class=\"warn\">").Text(warning).Raw("</p>\n");
        for (int i = 0; i < result.Images.Count; i++) RenderImage(html, result, overlays, i);
        RenderProvenance(html, result);
    }

    private static void RenderImage(HtmlWriter html, ExplainResult result, IReadOnlyDictionary<string, byte[]> overlays, int image)
    {
        html.Raw("<h2>").Text(result.Images[image].Name).Raw("</h2>\n<div class=\"scroll\"><table><thead><tr><th>target</th>");
        foreach (ChosenExplainer explainer in result.Explainers) html.Raw("<th>").Text(explainer.Text).Raw("</th>");
        html.Raw("</tr></thead><tbody>\n");
        ILookup<int, ExplainedCell> rows = result.Cells.Where(c => c.Image == image).ToLookup(c => c.Target);
        double[]? probabilities = Probabilities(result, rows);
        for (int t = 0; t < result.Targets.Count; t++)
        {
            ExplainedCell first = rows[t].First();
            html.Raw("<tr><td>").Text(result.Targets[t].Label).Raw("<br><span class=\"soft\">")
                .Text(result.Targets[t].Target is MatchingScoreTarget match ? match.Score.ToString().ToLowerInvariant() : result.Targets[t].Target.Describe())
                .Raw(" ").Number(first.Explanation.Score);
            if (probabilities is not null) html.Raw("<br>").Number(100 * probabilities[t], 1).Raw(" % among these texts");
            html.Raw("</span></td>");
            foreach (ExplainedCell cell in rows[t]) RenderCell(html, result, overlays, cell);
            html.Raw("</tr>\n");
        }

        html.Raw("</tbody></table></div>\n");
    }

    private static void RenderCell(HtmlWriter html, ExplainResult result, IReadOnlyDictionary<string, byte[]> overlays, ExplainedCell cell)
    {
        Explanation e = cell.Explanation;
        html.Raw("<td><figure>");
        if (overlays.TryGetValue(cell.Key, out byte[]? png))
            html.Picture(png, $"{result.Explainers[cell.Explainer].Text}: {result.Targets[cell.Target].Label}", "map");
        html.Raw("<figcaption>");
        if (e.Image?.Undefined is { } why) html.Raw("no map: ").Text(why).Raw("<br>");
        html.Text(e.ExplainedFunction);
        if (e.Drift != 0) html.Raw("; explained score ").Number(e.ExplainedScore).Raw(", drift ").Number(e.Drift);
        html.Raw("</figcaption>");
        if (e.Text is { } words) RenderWords(html, words);
        html.Raw("</figure></td>");
    }

    /// <summary>The words, colored by importance relative to the strongest; hovering shows the share.</summary>
    private static void RenderWords(HtmlWriter html, TokenAttribution attribution)
    {
        if (attribution.Undefined is { } why)
        {
            html.Raw("<p class=\"soft\">no word importances: ").Text(why).Raw("</p>");
            return;
        }

        float largest = attribution.Words.Max(w => w.Importance);
        html.Raw("<p class=\"words\">");
        foreach ((Abstractions.Texts.TextWord word, float importance) in attribution.Words)
        {
            double strength = largest > 0 ? importance / largest : 0;
            html.Raw("<span title=\"").Number(importance, 3).Raw("\" style=\"background:rgba(235,94,40,").Number(0.85 * strength, 3).Raw(")\">").Text(word.Text).Raw("</span>");
        }

        html.Raw("</p>");
    }

    private static void RenderProvenance(HtmlWriter html, ExplainResult result)
    {
        html.Raw("<h2>Where these numbers come from</h2>\n<dl class=\"facts\">");
        Fact(html, "model", $"{result.Model.Id}, sha256 {result.Model.ContentHash}");
        Fact(html, "tokenizer", $"{result.Tokenizer.Kind}, sha256 {result.Tokenizer.ContentHash}");
        foreach (ChosenExplainer explainer in result.Explainers)
            Fact(html, explainer.Text, $"{explainer.Source} (plugin {explainer.PluginId} {explainer.PluginVersion})");
        Fact(html, "computed on", $"{result.Environment.Device} ({result.Environment.DeviceDetail}), {result.Environment.Engine}, {result.Environment.Threads} threads");
        Fact(html, "seed", result.Spec.Seed.ToString());
        html.Raw("</dl>\n<p class=\"soft\">A heat map shows what the model used, not what is true: absent objects get maps too, so read it together with the score. ")
            .Raw("Drift is the served score minus that of the function explained.</p>\n");
    }

    private static void Fact(HtmlWriter html, string name, string value) => html.Raw("<dt>").Text(name).Raw("</dt><dd>").Text(value).Raw("</dd>");

    /// <summary>Softmax over the texts, where the targets are what the model's softmax would see.</summary>
    private static double[]? Probabilities(ExplainResult result, ILookup<int, ExplainedCell> rows)
    {
        if (result.Targets.Count < 2 || result.Targets.Any(t => t.Target is not MatchingScoreTarget { Score: not ScoreKind.Linear })) return null;
        bool cosine = ((MatchingScoreTarget)result.Targets[0].Target).Score == ScoreKind.Cosine;
        return Softmax.Of<double>([.. Enumerable.Range(0, result.Targets.Count).Select(t => rows[t].First().Explanation.Score * (cosine ? result.Model.LogitScale : 1))]);
    }
}
