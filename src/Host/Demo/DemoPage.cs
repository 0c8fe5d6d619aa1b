using Pellucid.Abstractions.Explanations;
using Pellucid.Host.Reports;

namespace Pellucid.Host.Demo;

/// <summary>The demo's page: every scene with the true object outlined, one map a method, and the pointing game.</summary>
internal static class DemoPage
{
    public static byte[] Render(DemoResult result, IReadOnlyDictionary<string, byte[]> pictures) => HtmlWriter.ToPage("Pellucid demo", html => Render(html, result, pictures));

    private static void Render(HtmlWriter html, DemoResult result, IReadOnlyDictionary<string, byte[]> pictures)
    {
        html.Raw("<h1>Where does the model look for these words?</h1>\n<p class=\"lead\">The embedded model <code>").Text(result.Model.Id)
            .Raw("</code> is a small CLIP that knows colored shapes. Each text names one object among several; the white line is where that object really is.</p>\n");
        RenderTallies(html, result);
        html.Raw("<h2>Scenes</h2>\n<div class=\"scroll\"><table><thead><tr><th>text</th><th>scene</th>");
        foreach (PointingTally tally in result.Tallies) html.Raw("<th>").Text(tally.Explainer).Raw("</th>");
        html.Raw("</tr></thead><tbody>\n");
        for (int s = 0; s < result.Scenes.Count; s++) RenderScene(html, result.Scenes[s], pictures, s);
        html.Raw("</tbody></table></div>\n<p class=\"soft\">The scenes were picked by their place in the data set, before any map was seen. ")
            .Raw("The model's training had auxiliary targets that make its patches local, so these rates do not carry over to other models.</p>\n");
    }

    private static void RenderTallies(HtmlWriter html, DemoResult result)
    {
        html.Raw("<h2>Pointing game over ").Text(result.SceneCount.ToString()).Raw(" scenes</h2>\n<table><thead><tr><th>method</th><th>hits</th><th>rate</th><th>95 % interval</th></tr></thead><tbody>\n");
        foreach (PointingTally tally in result.Tallies)
        {
            html.Raw("<tr><td>").Text(tally.Explainer).Raw("</td><td class=\"num\">").Text($"{tally.Hits} of {tally.Hits + tally.Misses}{(tally.Undefined > 0 ? $" ({tally.Undefined} without a map)" : string.Empty)}")
                .Raw("</td><td class=\"num\">").Number(100 * tally.Rate, 1).Raw(" %</td><td class=\"num\">")
                .Number(100 * tally.Interval.Low, 1).Raw(" to ").Number(100 * tally.Interval.High, 1).Raw(" %</td></tr>\n");
        }

        html.Raw("</tbody></table>\n<p class=\"soft\">A hit: the largest value of the map lies on the object that the text names.</p>\n");
    }

    private static void RenderScene(HtmlWriter html, DemoScene scene, IReadOnlyDictionary<string, byte[]> pictures, int index)
    {
        Explanation first = scene.Results[0].Explanation;
        html.Raw("<tr><td>").Text(scene.Object.Phrase).Raw("<br><span class=\"soft\">").Text(scene.Name).Raw("<br>cosine ").Number(first.Score, 3).Raw("</span></td><td>")
            .Picture(pictures[$"{index}"], $"{scene.Name} with {scene.Object.Phrase} outlined", "map").Raw("</td>");
        for (int e = 0; e < scene.Results.Count; e++)
        {
            (Explanation explanation, _, bool? hit) = scene.Results[e];
            html.Raw("<td><figure>").Picture(pictures[$"{index}/{e}"], $"map for {scene.Object.Phrase}", "map").Raw("<figcaption>")
                .Raw(hit switch { true => "<span class=\"hit\">hit</span>", false => "<span class=\"miss\">miss</span>", null => "points nowhere" });
            if (explanation.Drift != 0) html.Raw(", score drift ").Number(explanation.Drift, 3);
            html.Raw("</figcaption></figure></td>");
        }

        html.Raw("</tr>\n");
    }
}
