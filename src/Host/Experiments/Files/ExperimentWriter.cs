using System.Text;
using Pellucid.Abstractions.Datasets;
using Pellucid.Host.Options;

namespace Pellucid.Host.Experiments.Files;

/// <summary>Writes experiments as YAML that <see cref="ExperimentFile"/> reads back to an equal one.</summary>
public static class ExperimentWriter
{
    /// <summary>The file's text.</summary>
    public static string ToYaml(Experiment experiment)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        StringBuilder yaml = new();
        yaml.Append($"name: {Quoted(experiment.Name)}\nseed: {experiment.Seed}\n");
        WriteList(yaml, "models", experiment.Models);
        WriteDataset(yaml, experiment.Dataset);
        if (experiment.Texts.Count > 0) yaml.Append("texts:\n");
        foreach (string line in experiment.Texts.SelectMany(Source)) yaml.Append($"  - {line}\n");
        yaml.Append("targets:\n");
        foreach (TargetChoice target in experiment.Targets) yaml.Append($"  - {Target(target)}\n");
        WriteList(yaml, "explainers", experiment.Explainers);
        WriteList(yaml, "metrics", experiment.Metrics);
        yaml.Append($"preparation: {OptionNames.ToKebab(experiment.Preparation.ToString())}\n");
        WriteReport(yaml, experiment.Report);
        return yaml.ToString();
    }

    private static void WriteDataset(StringBuilder yaml, DatasetChoice dataset)
    {
        yaml.Append($"dataset:\n  path: {Quoted(dataset.Path)}\n");
        if (dataset.Reader is not null) yaml.Append($"  reader: {Quoted(dataset.Reader)}\n");
        WriteList(yaml, "items", dataset.Items, "  ");
        if (dataset.Split is not null) yaml.Append($"  split: {Quoted(dataset.Split)}\n");
        if (dataset.Limit is { } limit) yaml.Append($"  limit: {limit}\n");
        yaml.Append($"  bad-records: {(dataset.BadRecords == BadRecordPolicy.Skip ? "skip" : "fatal")}\n");
    }

    private static void WriteReport(StringBuilder yaml, ReportChoice report)
    {
        if (report.Sections.Count == 0)
        {
            yaml.Append("report: none\n");
            return;
        }

        yaml.Append("report:\n");
        if (report.Title is not null) yaml.Append($"  title: {Quoted(report.Title)}\n");
        WriteList(yaml, "sections", report.Sections, "  ");
    }

    private static IEnumerable<string> Source(TextSource source) => source switch
    {
        GivenTexts given => given.Texts.Select(Quoted),
        LabelTexts labels => [$"{{ from: labels, template: {Quoted(labels.Template)}, of: {Scope(labels.Of)}{Only(labels.Only)} }}"],
        CaptionTexts captions => [$"{{ from: captions, which: {(captions.All ? "all" : "first")} }}"],
        RegionTexts => ["{ from: regions }"],
        AttributeTexts attributes => [$"{{ from: attributes, of: {Quoted(attributes.Of)}, template: {Quoted(attributes.Template)} }}"],
        PromptFileTexts prompts => [$"{{ from: prompts, file: {Quoted(prompts.File)}, of: {Scope(prompts.Of)}{Only(prompts.Only)}{(prompts.PerClass is { } n ? $", per-class: {n}" : string.Empty)} }}"],
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "no such source of texts"),
    };

    private static string Target(TargetChoice target) => target.Explainers.Count == 0 ? Kind(target)
        : $"{Kind(target)[..^2]}, explainers: [{string.Join(", ", target.Explainers.Select(Quoted))}] }}";

    private static string Kind(TargetChoice target) => target switch
    {
        MatchingChoice matching => $"{{ kind: matching, score: {OptionNames.ToKebab(matching.Score.ToString())} }}",
        ContrastChoice contrast => $"{{ kind: contrast, against: [{string.Join(", ", contrast.Against.Select(Quoted))}], score: {OptionNames.ToKebab(contrast.Score.ToString())} }}",
        ClassChoice c => $"{{ kind: class, {(c.Prompts is null ? $"template: {Quoted(c.Template)}" : $"prompts: {Quoted(c.Prompts)}")}, of: {Scope(c.Of)}, "
            + $"form: {OptionNames.ToKebab(c.Form.ToString())}, score: {OptionNames.ToKebab(c.Score.ToString())}, ensemble: {OptionNames.ToKebab(c.Ensemble.ToString())}, padding: {OptionNames.ToKebab(c.Padding.ToString())} }}",
        TapChoice taps => $"{{ kind: tap, taps: [{string.Join(", ", taps.Taps.Select(Quoted))}] }}",
        HeadChoice heads => $"{{ kind: head, heads: [{string.Join(", ", heads.Heads.Select(Quoted))}], form: {OptionNames.ToKebab(heads.Form.ToString())} }}",
        EmbeddingDimensionChoice dimensions => $"{{ kind: embedding-dimension, dimensions: [{string.Join(", ", dimensions.Dimensions)}] }}",
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "no such kind of target"),
    };

    private static string Scope(TextScope scope) => OptionNames.ToKebab(scope.ToString());

    private static string Only(IReadOnlyList<string>? names) => names is not { Count: > 0 } ? string.Empty : $", only: [{string.Join(", ", names.Select(Quoted))}]";

    private static void WriteList(StringBuilder yaml, string key, IReadOnlyList<string> values, string indent = "")
    {
        if (values.Count == 0) return;
        yaml.Append($"{indent}{key}:\n");
        foreach (string value in values) yaml.Append($"{indent}  - {Quoted(value)}\n");
    }

    /// <summary>A double-quoted scalar: the one style that can hold any text.</summary>
    private static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c)) quoted.Append($"\\u{(int)c:x4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }
}
