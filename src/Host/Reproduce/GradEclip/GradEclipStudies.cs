using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Concepts;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Reporting;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>The parts of the study, from what a data set and a model offer.</summary>
/// <param name="spec">What is asked.</param>
/// <param name="model">Full path or id of the model.</param>
/// <param name="data">Full path of the data set.</param>
/// <param name="items">Its images, as many as are taken.</param>
/// <param name="labels">Its classes.</param>
/// <param name="layout">Layout of the image encoder; null where the model does not tell.</param>
internal sealed class GradEclipStudies(GradEclipSpec spec, string model, string data, IReadOnlyList<DatasetItem> items, IReadOnlyList<string> labels, TransformerLayout? layout)
{
    private const int FigureImages = 4;

    /// <summary>Names of all parts, in order.</summary>
    public static readonly IReadOnlyList<string> Names = ["classification", "prediction", "retrieval", "words", "localization", "concepts", "layers", "heads"];

    private static readonly string[] WordExplainers = ["raw-attention", "attention-rollout", "game", "m2ib", "grad-eclip"];
    private static readonly string[] Recalls = [.. from retrieved in new[] { "image", "text" } from depth in new[] { 1, 5, 10 } select $"auc {retrieved}-retrieval@{depth}"];
    private readonly List<string> _leftOut = [];

    /// <summary>Parts that are left out, with reasons.</summary>
    public IReadOnlyList<string> LeftOut => _leftOut;

    private IReadOnlyList<string> Explainers => spec.Explainers.Count > 0 ? spec.Explainers : GradEclipSpec.PaperExplainers;

    private int ImagesWithCaptions => items.Count(i => i.Captions.Count > 0);

    /// <summary>The parts to do.</summary>
    /// <exception cref="PellucidException">Nothing can be done with this data set.</exception>
    public IReadOnlyList<GradEclipStudy> Create()
    {
        GradEclipStudy?[] all = [Classification("classification", TextScope.Item), Classification("prediction", TextScope.Predicted), Retrieval(), Words(), Localization(), Concepts(), Layers(), Heads()];
        GradEclipStudy[] studies = [.. all.OfType<GradEclipStudy>().Where(s => spec.Parts.Count == 0 || spec.Parts.Contains(s.Name, StringComparer.Ordinal))];
        return studies.Length > 0 ? studies : throw new PellucidException($"nothing of the study can be done with the data set '{spec.Data}': {string.Join("; ", _leftOut)}");
    }

    /// <summary>Pictures of another data set.</summary>
    /// <param name="name">Name of the part.</param>
    /// <param name="shown">What the user calls the data set.</param>
    /// <exception cref="PellucidException">Its images have no texts.</exception>
    public GradEclipStudy Domain(string name, string shown)
    {
        DatasetItem[] taken = [.. items.Where(i => Source(i) is not null).Take(FigureImages)];
        if (taken.Length == 0) throw new PellucidException($"the data set '{shown}' has neither regions nor captions nor classes, so there is no text to explain");
        Experiment experiment = Make(name, [Source(taken[0])!], ["grad-eclip"], []);
        return new GradEclipStudy(name, experiment with { Dataset = experiment.Dataset with { Items = [.. taken.Where(i => Source(i)!.GetType() == Source(taken[0])!.GetType()).Select(i => i.Id)], Limit = null } }, null,
            [new MapsSection($"Image domains: {shown}", 2 * FigureImages)]);

        static TextSource? Source(DatasetItem item) => item.Regions.Count > 0 ? new RegionTexts() : item.Captions.Count > 0 ? new CaptionTexts() : item.Labels.Count > 0 ? new LabelTexts("a photo of a {label}") : null;
    }

    private GradEclipStudy? Classification(string name, TextScope scope)
    {
        DatasetItem[] single = [.. items.Where(i => i.Labels.Distinct(StringComparer.Ordinal).Count() == 1)];
        if (labels.Count < 2) return Without(name, "the data set has fewer than two classes");
        if (single.Length == 0) return Without(name, "no image taken has exactly one class");
        string[] metrics = [.. from metric in new[] { "deletion", "insertion" } from score in labels.Count > 5 ? new[] { "top1", "top5" } : ["top1"] select $"{metric}(score={score}, steps={spec.Steps})"];
        Experiment experiment = Make(name, [new LabelTexts("a photo of a {label}", scope)], Explainers, metrics);
        if (single.Length < items.Count) experiment = experiment with { Dataset = experiment.Dataset with { Items = [.. single.Select(i => i.Id)], Limit = null } };
        return new GradEclipStudy(name, experiment, ($"Table 1: deletion and insertion, image classification, {(scope == TextScope.Item ? "ground truth" : "prediction")}",
            $"Mean zero-shot accuracy while {spec.Steps} steps of 0.5 % of the pixels are deleted (lower is better) or inserted (higher is better); the text is \"a photo of a\" with the {(scope == TextScope.Item ? "image's class" : "class that the model predicts")}, chosen among {labels.Count} classes. {single.Length} images with one class."), [new CurvesSection($"Figure 5: deletion and insertion curves, {(scope == TextScope.Item ? "ground truth" : "prediction")}")]);
    }

    private GradEclipStudy? Retrieval() => items.All(i => i.Captions.Count == 0)
        ? Without("retrieval", "no image taken has a caption")
        : new GradEclipStudy("retrieval", Make("retrieval", [new CaptionTexts()], Explainers, [$"deletion-retrieval(steps={spec.Steps})", $"insertion-retrieval(steps={spec.Steps})"]),
            ("Table 2: deletion and insertion, image and text retrieval",
                $"Mean recall at 1, 5 and 10 while {spec.Steps} steps of 0.5 % of the pixels of all images are deleted (lower is better) or inserted (higher is better), each by the map for its first caption: image retrieval "
                + $"looks for the changed image among all changed ones by that caption, text retrieval for any of the image's captions among all captions by the changed image. {ImagesWithCaptions} images with captions."), []) { Details = Recalls };

    private GradEclipStudy? Words() => items.All(i => i.Captions.Count == 0)
        ? Without("words", "no image taken has a caption")
        : new GradEclipStudy("words", Make("words", [new CaptionTexts()], spec.Explainers.Count > 0 ? spec.Explainers : WordExplainers, ["text-deletion", "text-insertion", "text-deletion-retrieval", "text-insertion-retrieval"]),
            ("Table 3: deletion and insertion of words",
                "While the most important words of the first caption are removed (lower is better) or put into an empty text (higher is better), one word a step, 5 steps: mean score of image and caption, and mean recall at 1, 5 and 10, where "
                + $"image retrieval looks for the image among all by its changed caption, and text retrieval for the changed caption among all changed ones by its image. {ImagesWithCaptions} images with captions."), []) { Details = Recalls };

    private GradEclipStudy? Localization() => items.All(i => i.Regions.Count == 0)
        ? Without("localization", "no image taken has regions")
        : new GradEclipStudy("localization", Make("localization", [new RegionTexts()], Explainers, ["pointing-game", "energy-pointing-game", "pixel-accuracy", "average-precision", "mask-iou"]),
            ("Tables 5 and 6: point game, energy, and maps as segmentations", "Maps for the names of the image's regions against those regions' masks. All: higher is better."),
            [new MapsSection("Methods side by side", 8)]);

    private GradEclipStudy? Concepts()
    {
        string[] names = [.. items.SelectMany(i => i.Regions).SelectMany(r => r.Attributes).Select(a => a.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (names.Length == 0) return Without("concepts", "no region of an image taken has attributes");
        TextSource[] texts = [new RegionTexts(), .. names.Select(n => new AttributeTexts(n, Template(n)))];
        return new GradEclipStudy("concepts", Make("concepts", texts, ["grad-eclip", "interactions"], []), null,
            [new PhraseFigures(), new DecompositionSection(), new IdentificationSection(), new WordRegionsSection()]);
    }

    private GradEclipStudy? Layers()
    {
        if (layout is null) return Without("layers", "the model does not tell its layers");
        return Figure("layers", [.. Enumerable.Range(0, layout.Blocks).Reverse().Select(b => $"grad-eclip(blocks=[{b}])"), $"grad-eclip(layers={layout.Blocks})"], "Layers: Grad-ECLIP of each block alone, the last first, then of all");
    }

    private GradEclipStudy? Heads()
    {
        if (layout is null) return Without("heads", "the model does not tell its attention heads");
        return Figure("heads", ["grad-eclip(function=native)", .. Enumerable.Range(0, layout.Heads).Select(h => $"grad-eclip(function=native, head={h})")], "Heads: Grad-ECLIP of all heads together, then of each alone");
    }

    /// <summary>A grid of pictures of the images with the most regions, or the first where there are none.</summary>
    private GradEclipStudy? Figure(string name, string[] explainers, string title)
    {
        DatasetItem[] taken = [.. items.OrderByDescending(i => i.Regions.Count).Where(i => i.Regions.Count > 0 || i.Captions.Count > 0).Take(FigureImages)];
        if (taken.Length == 0) return Without(name, "no image taken has a caption or regions");
        Experiment experiment = Make(name, [taken[0].Regions.Count > 0 ? new RegionTexts() : new CaptionTexts()], explainers, []);
        return new GradEclipStudy(name, experiment with { Dataset = experiment.Dataset with { Items = [.. taken.Select(i => i.Id)], Limit = null } }, null, [new MapsSection(title, 2 * FigureImages)]);
    }

    private GradEclipStudy? Without(string part, string why)
    {
        if (spec.Parts.Count == 0 || spec.Parts.Contains(part, StringComparer.Ordinal)) _leftOut.Add($"{part}: {why}");
        return null;
    }

    private static string Template(string attribute) => attribute switch
    {
        "shape" => "a {value}",
        "position" => "an object at the {value}",
        _ => "a {value} object",
    };

    private Experiment Make(string name, IReadOnlyList<TextSource> texts, IReadOnlyList<string> explainers, IReadOnlyList<string> metrics) => new()
    {
        Name = $"grad-eclip-{name}",
        Seed = spec.Seed,
        Models = [model],
        Dataset = new DatasetChoice { Path = data, Limit = spec.Limit, Reader = spec.Reader, Split = spec.Split },
        Texts = texts,
        Explainers = explainers,
        Metrics = metrics,
        Report = new ReportChoice { Sections = [] },
    };
}
