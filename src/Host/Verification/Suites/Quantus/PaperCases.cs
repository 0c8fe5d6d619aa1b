using System.Globalization;
using Pellucid.Abstractions.Metrics;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Cases of metrics that papers on transformers brought: deletion and insertion of pixels and words, perturbation tests.</summary>
internal static class PaperCases
{
    /// <summary>The mapping of the family.</summary>
    public static MetricCase? Map(ManifestCase c, MetricParameters p) => (c.Engine, c.Method) switch
    {
        ("grad-eclip", "Deletion") => Erased(c, p, "deletion"),
        ("grad-eclip", "Insertion") => Erased(c, p, "insertion"),
        ("transformer-explainability", "PerturbationTest") => PerturbationTest(p),
        (_, "TextDeletion") => Words(p, "text-deletion"),
        (_, "TextInsertion") => Words(p, "text-insertion"),
        (_, "TextPerturbation") => WordShares(c, p),
        _ => null,
    };

    private static MetricCase Erased(ManifestCase c, MetricParameters p, string metric)
    {
        // These say in words what the definition says.
        p.Ignore("pixel_once", "score", "preprocess", "input");
        return new MetricCase($"{metric}(variant=repository, steps={p.Text("L", 100)}, every={p.Text("cal_gap", 10)})", (items, _) => ScoreParts.Of(
            Curves(items, ("target_logit", "logit"), ("target_prob", "probability"), ("top1", "top1"), ("top5", "top5"))
            .Concat(Areas(items, ("auc_prob", "probability"), ("auc_logit", "logit"), ("auc_top1", "top1"), ("auc_top5", "top5")))))
        {
            From8Bit = true,
            Adjust = (inputs, i, item) =>
            {
                foreach (string draw in c.Draws.Keys) item = FaithfulnessCases.Replay(item, draw, FaithfulnessCases.Row(inputs.Draw(c, draw), i));
                return item;
            },
        };
    }

    private static MetricCase PerturbationTest(MetricParameters p)
    {
        p.Ignore("input");
        string order = p.Flag("neg") ? "least-relevant" : "most-relevant";
        return new MetricCase($"perturbation-test(order={order}, steps=[{List(p.Numbers("steps"))}])", (items, _) => ScoreParts.Of(ByStep(
            items, ("hit", "hit"), ("target_prob", "target probability"), ("max_prob_diff", "largest probability, change"),
            ("max_logit_diff", "largest logit, change"), ("dissimilarity", "dissimilarity"))))
        {
            From8Bit = true,
        };
    }

    private static MetricCase Words(MetricParameters p, string metric)
    {
        if (p.Number("words_per_step", 1) != 1) p.Refuse("words_per_step", 1);
        string steps = p.Text("steps", 5);
        return new MetricCase($"{metric}(steps={steps})", (items, _) => ScoreParts.Of(
            ($"logit[text][step 0..{steps}]", Along(items, "score")),
            ("auc", [.. items.Select(i => i.Value)]),
            ("kept_positions", Positions(items))))
        {
            OfTexts = true,
        };
    }

    private static MetricCase WordShares(ManifestCase c, MetricParameters p)
    {
        string order = c.LastPart switch
        {
            "delete_most" => "most-relevant",
            "delete_least" => "least-relevant",
            _ => p.Refuse("order", "most-relevant"),
        };
        return new MetricCase($"text-perturbation(order={order}, steps=[{List(p.Numbers("steps"))}])", (items, _) => ScoreParts.Of(
            ("logit[text][step]", Along(items, "score")), ("kept_positions", Positions(items))))
        {
            OfTexts = true,
        };
    }

    private static IEnumerable<(string Name, IReadOnlyList<double> Values)> Curves(IReadOnlyList<MetricResult> items, params (string Theirs, string Ours)[] names) =>
        names.Select(n => (n.Theirs, Along(items, n.Ours)));

    private static IEnumerable<(string Name, IReadOnlyList<double> Values)> Areas(IReadOnlyList<MetricResult> items, params (string Theirs, string Ours)[] names) =>
        names.Select(n => (n.Theirs, (IReadOnlyList<double>)[.. items.Select(i => i.Details["auc " + n.Ours])]));

    /// <summary>Values with the steps outside and the images inside.</summary>
    private static IEnumerable<(string Name, IReadOnlyList<double> Values)> ByStep(IReadOnlyList<MetricResult> items, params (string Theirs, string Ours)[] names) =>
        names.Select(n =>
        {
            IReadOnlyList<double>[] curves = [.. items.Select(i => Curve(i, n.Ours))];
            return (n.Theirs, (IReadOnlyList<double>)[.. Enumerable.Range(0, curves[0].Count).SelectMany(s => curves.Select(v => v[s]))]);
        });

    private static IReadOnlyList<double> Along(IReadOnlyList<MetricResult> items, string curve) => [.. items.SelectMany(i => Curve(i, curve))];

    private static IReadOnlyList<double> Positions(IReadOnlyList<MetricResult> items) =>
        [.. items.SelectMany(i => i.Curves.Where(v => v.Name.StartsWith("kept positions", StringComparison.Ordinal)).SelectMany(v => v.Y))];

    private static IReadOnlyList<double> Curve(MetricResult item, string name) => item.Curves.FirstOrDefault(v => v.Name == name)?.Y ?? [];

    private static string List(double[] values) => string.Join(", ", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
}
