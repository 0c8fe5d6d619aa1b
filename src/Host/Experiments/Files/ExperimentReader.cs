using System.Text.RegularExpressions;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using YamlDotNet.RepresentationModel;

namespace Pellucid.Host.Experiments.Files;

/// <summary>
/// From YAML to an experiment. Wrong parts are told of and left out, so that all that is wrong comes to light at once; what needs
/// plugins, models or data to be judged is not judged here.
/// </summary>
internal static partial class ExperimentReader
{
    private const int LongestName = 80;

    /// <summary>Reads; null where the text is no mapping at all. The result is only complete where no problem was added.</summary>
    public static Experiment? Read(string text, ExperimentProblems problems)
    {
        if (YamlDocumentReader.Read(text, problems) is not { } root) return null;
        YamlMap map = new(root, string.Empty, problems, "name", "seed", "models", "dataset", "texts", "targets", "explainers", "metrics", "preparation", "report");
        string name = map.Require("name", "give the experiment a name") ? map.Text("name") ?? string.Empty : string.Empty;
        if (name.Length > 0 && (name.Length > LongestName || !Name().IsMatch(name)))
            map.Wrong("name", $"name has up to {LongestName} letters, digits, dots, dashes and underscores and begins with a letter or digit, unlike '{name}'");
        map.Require("models", "list at least one id that 'models list' shows, or a folder");
        map.Require("explainers", "list at least one, such as grad-eclip");
        Experiment read = new()
        {
            Name = name,
            Seed = map.Seed("seed") ?? 0,
            Models = map.Texts("models"),
            Dataset = Dataset(map, problems),
            Texts = [.. map.Items("texts").Select(i => TextSourceReader.Read(i.Node, i.Path, problems)).OfType<TextSource>()],
            Explainers = map.Texts("explainers"),
            Metrics = map.Texts("metrics"),
            Preparation = map.Choice("preparation", ImagePreparation.Model),
            Report = Report(map, problems),
        };
        if (map.Has("targets")) read = read with { Targets = [.. map.Items("targets").Select(i => TargetReader.Read(i.Node, i.Path, problems)).OfType<TargetChoice>()] };
        if (read.Targets.Any(t => t is ContrastChoice) && read.Texts.Any(t => t is LabelTexts { Of: TextScope.Predicted }))
            problems.Add("targets", "a contrast has no candidates to predict among, so it takes no texts of 'of: predicted'; use 'of: item' or 'of: all'");
        if (!map.Has("texts") && read.Targets.FirstOrDefault(t => t.NeedsText) is not null) map.Require("texts", "the targets are about texts, so list some, or say where from");
        CheckExplainers(read, problems);
        return read;
    }

    private static void CheckExplainers(Experiment read, ExperimentProblems problems)
    {
        for (int t = 0; t < read.Targets.Count; t++)
        {
            for (int e = 0; e < read.Targets[t].Explainers.Count; e++)
            {
                string asked = read.Targets[t].Explainers[e];
                if (!read.Explainers.Contains(asked, StringComparer.Ordinal))
                    problems.Add($"targets[{t}].explainers[{e}]", $"'{asked}' does not stand in explainers; write it as there{Graphs.NearestNames.Suffix(asked, read.Explainers)}");
            }
        }
    }

    private static DatasetChoice Dataset(YamlMap map, ExperimentProblems problems)
    {
        DatasetChoice none = new() { Path = string.Empty };
        if (!map.Require("dataset", "give it a path")) return none;
        if (map.Node("dataset") is YamlScalarNode) return none with { Path = map.Text("dataset") ?? string.Empty };
        if (map.Node("dataset") is not YamlMappingNode node)
        {
            map.Wrong("dataset", "dataset takes a path, or a mapping with path, reader, items, split, limit and bad-records");
            return none;
        }

        YamlMap dataset = new(node, "dataset", problems, "path", "reader", "items", "split", "limit", "bad-records");
        dataset.Require("path", "the name of an embedded data set, or a path");
        return new DatasetChoice
        {
            Path = dataset.Text("path") ?? string.Empty,
            Reader = dataset.Text("reader"),
            Items = dataset.Texts("items"),
            Split = dataset.Text("split"),
            Limit = (int?)dataset.Whole("limit", 1, int.MaxValue),
            BadRecords = dataset.Choice("bad-records", BadRecordPolicy.Fatal),
        };
    }

    private static ReportChoice Report(YamlMap map, ExperimentProblems problems)
    {
        if (map.Node("report") is not { } node) return new ReportChoice();
        if (node is YamlScalarNode { Value: "none" }) return new ReportChoice { Sections = [] };
        if (node is not YamlMappingNode mapping)
        {
            map.Wrong("report", "report takes a mapping with title and sections, or none");
            return new ReportChoice();
        }

        YamlMap report = new(mapping, "report", problems, "title", "sections");
        return new ReportChoice { Title = report.Text("title"), Sections = report.Has("sections") ? report.Texts("sections") : ReportChoice.Standard };
    }

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9._-]*$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();
}
