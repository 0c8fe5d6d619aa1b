using Pellucid.Graphs;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Evaluating;

/// <summary>Makes the experiment of an evaluation.</summary>
public static class EvaluationPreset
{
    /// <summary>Classes that the data set gives an image.</summary>
    public const string GroundTruth = "ground-truth";

    /// <summary>The class that the model predicts.</summary>
    public const string Prediction = "prediction";

    private const string Captions = "captions", Regions = "regions";
    private static readonly string[] Known = [GroundTruth, Prediction, Captions, Regions];

    /// <summary>The experiment; paths in it are full ones, so that the written file can be run from anywhere.</summary>
    /// <exception cref="PellucidException">The choice of texts cannot be used.</exception>
    public static Experiment Create(EvaluationSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        TextScope scope = spec.Texts == Prediction ? TextScope.Predicted : TextScope.Item;
        bool classes = spec.Texts is GroundTruth or Prediction;
        if (!classes && spec.Template is not null) throw new PellucidException($"--template is for classes; with --texts {spec.Texts} leave it out");
        if (!classes && spec.Prompts is not null) throw new PellucidException($"--prompts is for classes; with --texts {spec.Texts} leave it out");
        if (spec.Prompts is not null && spec.Template is not null) throw new PellucidException("--template and --prompts both say how classes are put into words; leave one of them out");
        Experiment experiment = new()
        {
            Name = "evaluation",
            Seed = spec.Seed,
            Models = [.. spec.Models.Select(Full)],
            Dataset = spec.Data with { Path = Full(spec.Data.Path) },
            Explainers = spec.Explainers,
            Metrics = spec.Metrics,
            Report = new ReportChoice { Title = "Evaluation of explanations", Sections = ["evaluation", "maps"] },
        };
        return spec.Prompts is { } prompts
            ? experiment with { Targets = [new ClassChoice { Prompts = Path.GetFullPath(prompts), Of = scope }] }
            : experiment with { Texts = [classes ? new LabelTexts(spec.Template ?? LabelTexts.Placeholder, scope) : Source(spec.Texts)] };
    }

    private static TextSource Source(string texts)
    {
        if (texts == Captions) return new CaptionTexts();
        if (texts == Regions) return new RegionTexts();
        if (!File.Exists(texts)) throw new PellucidException($"--texts is {string.Join(", ", Known)} or a file with a text a line; there is no file '{texts}'{NearestNames.Suffix(texts, Known)}");
        if (Path.GetExtension(texts).Equals(".json", StringComparison.OrdinalIgnoreCase)) throw new PellucidException($"--texts takes a file with a text a line; give classes with prompts, such as '{texts}', by --prompts");
        try
        {
            string[] lines = [.. File.ReadLines(texts).Select(l => l.Trim()).Where(l => l.Length > 0).Distinct(StringComparer.Ordinal)];
            return lines.Length > 0 ? new GivenTexts(lines) : throw new PellucidException($"the file of texts '{texts}' is empty");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the file of texts '{texts}' cannot be read: {e.Message}", e);
        }
    }

    private static string Full(string nameOrPath) => Path.Exists(nameOrPath) ? Path.GetFullPath(nameOrPath) : nameOrPath;
}
