using System.Text.RegularExpressions;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Cases of Quantus' localization metrics, of Chefer's segmentation test and of the pointing games.</summary>
internal static partial class LocalizationCases
{
    private static readonly (string Name, string[] Details)[] Segmentation =
    [
        ("pixAcc", ["pixel-accuracy"]),
        ("correct", ["correct"]),
        ("labeled", ["pixels"]),
        ("inter_bg_fg", ["intersection-background", "intersection-foreground"]),
        ("union_bg_fg", ["union-background", "union-foreground"]),
        ("IoU_bg_fg", ["iou-background", "iou-foreground"]),
        ("mIoU_image", ["mean-iou"]),
        ("IoU_fg", ["iou-foreground"]),
        ("AP_two_class", ["average-precision"]),
        ("AP_fg", ["average-precision-foreground"]),
        ("F1_fg", ["f1"]),
        ("threshold", ["threshold"]),
    ];

    private static readonly (string Name, string[] Details)[] SegmentationOfAll =
    [
        ("dataset/pixAcc", ["pixel-accuracy"]),
        ("dataset/IoU_bg_fg", ["iou-background", "iou-foreground"]),
        ("dataset/mIoU", ["mean-iou"]),
        ("dataset/mAP_two_class", ["average-precision"]),
        ("dataset/mF1", ["f1"]),
    ];

    private static readonly (string Name, string[] Details)[] PointingGames =
    [
        ("PointGame", ["hit"]),
        ("PG_energy_minmax", ["energy-min-max"]),
        ("PG_energy_positive", ["energy-positive"]),
    ];

    /// <summary>The mapping of the family.</summary>
    public static MetricCase? Map(ManifestCase c, MetricParameters p) => Known(c, p) is not { } known ? null : known with { Masks = MasksOf(c, p) };

    private static MetricCase? Known(ManifestCase c, MetricParameters p) => c.Method switch
    {
        "AttributionLocalisation" => AttributionLocalization(c, p),
        "AUC" => Of(p, "localization-auc", p.Abs()),
        "Focus" => Focus(c, p),
        "PointingGame" => Of(p, "pointing-game", p.Abs(), "compat=quantus", p.Flag("weighted") ? "weighted=true" : "weighted=false"),
        "RelevanceMassAccuracy" => Of(p, "relevance-mass-accuracy", p.Flag("abs") ? "mass=absolute" : "mass=signed"),
        "RelevanceRankAccuracy" => Of(p, "relevance-rank-accuracy", p.Abs()),
        "TopKIntersection" => Of(p, "top-k-intersection", p.Abs(), $"k={p.Text("k", 1000)}", p.Flag("concept_influence") ? "concept-influence=true" : "concept-influence=false"),
        "PointGame/PG-energy" => new MetricCase("energy-pointing-game", (items, _) => Details(items, PointingGames)),
        "PixelAccuracy/AP/maskIoU" => SegmentationCase(p),
        _ => null,
    };

    private static MetricCase AttributionLocalization(ManifestCase c, MetricParameters p)
    {
        // The library warns of larger regions and counts them.
        p.Ignore("max_size");
        string mass = p.Flag("abs") ? "absolute" : p.Flag("positive_attributions") ? "positive" : "signed";
        p.Flag("positive_attributions");
        string weighting = !p.Flag("weighted") ? "none" : c.Engine == "v053" ? "share" : "batch";
        return Of(p, "attribution-localization", "compat=quantus", $"mass={mass}", $"weighting={weighting}");
    }

    private static MetricCase Focus(ManifestCase c, MetricParameters p)
    {
        p.Expect("mosaic_shape", "null");
        p.Expect("abs", "false");
        MatchCollection quadrants = Quadrants().Matches(c.Note ?? string.Empty);
        return Of(p, "focus", "compat=quantus") with
        {
            Adjust = (_, i, item) => i < quadrants.Count
                ? item with { Masks = [QuadrantsOf(quadrants[i].Value, item.Map!.Shape)] }
                : throw new PellucidException($"the note of the case '{c.Id}' names no quadrants of image {i}"),
        };
    }

    private static RegionMask QuadrantsOf(string choice, TensorShape shape)
    {
        bool[] chosen = [.. choice.Where(char.IsAsciiDigit).Select(d => d == '1')];
        (int height, int width) = ((int)shape[0], (int)shape[1]);
        return new RegionMask([.. Enumerable.Range(0, height * width).Select(i => chosen[(i / width < height / 2 ? 0 : 2) + (i % width < width / 2 ? 0 : 1)])], shape);
    }

    private static MetricCase SegmentationCase(MetricParameters p)
    {
        p.Expect("threshold", "mean of min-max normalised map, strict >");
        return new MetricCase("mask-iou", (items, pooled) => new ScoreParts(Details(items, Segmentation).Parts.Concat(Details([pooled!.Overall], SegmentationOfAll).Parts)
            .ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal)));
    }

    private static MetricCase Of(MetricParameters p, string metric, params string[] options)
    {
        // No option of the model matters, and scale does not.
        p.Ignore("softmax");
        p.NormalizationIsIdle();
        return new MetricCase($"{metric}({string.Join(", ", options)})", MetricCase.Values);
    }

    private static ScoreParts Details(IReadOnlyList<MetricResult> items, (string Name, string[] Details)[] names) =>
        ScoreParts.Of(names.Select(n => (n.Name, (IReadOnlyList<double>)[.. items.SelectMany(i => n.Details.Select(d => i.Details.GetValueOrDefault(d, double.NaN)))])));

    private static string MasksOf(ManifestCase c, MetricParameters p) =>
        p.Word("mask") ?? (MaskName().Match(c.Note ?? string.Empty) is { Success: true } named ? named.Groups["name"].Value : "masks");

    [GeneratedRegex(@"\bmask=(?<name>\w+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MaskName();

    [GeneratedRegex(@"\([01],[01],[01],[01]\)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Quadrants();
}
