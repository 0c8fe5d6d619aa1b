using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>From the texts and targets of an experiment to the targets of each item.</summary>
internal sealed class TargetExpansion
{
    private readonly Experiment _experiment;
    private readonly Dictionary<int, PromptFile> _prompts = [];
    private readonly IReadOnlyList<string> _labels;

    /// <summary>Reads what all items share, and notes classes that do not exist.</summary>
    public TargetExpansion(Experiment experiment, string folder, IReadOnlyList<DatasetItem> items, ExperimentProblems problems)
    {
        _experiment = experiment;
        _labels = [.. items.SelectMany(i => i.Labels).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        for (int s = 0; s < experiment.Texts.Count; s++)
        {
            switch (experiment.Texts[s])
            {
                case LabelTexts labels:
                    if (_labels.Count == 0) problems.Add($"texts[{s}]", "texts cannot come from labels: no image taken has one");
                    Require(labels.Only, _labels, $"texts[{s}].only", "label of the images taken", problems);
                    break;
                case PromptTexts prompts:
                    ReadPrompts(prompts, s, folder, problems);
                    break;
                case CaptionTexts when items.All(i => i.Captions.Count == 0):
                    problems.Add($"texts[{s}]", "texts cannot come from captions: no image taken has one");
                    break;
                case RegionTexts when items.All(i => i.Regions.Count == 0):
                    problems.Add($"texts[{s}]", "texts cannot come from regions: no image taken has one");
                    break;
            }
        }
    }

    /// <summary>Targets of an item, each once, in the order of the experiment.</summary>
    public IEnumerable<UnitTarget> Of(DatasetItem item)
    {
        (string Text, string? Label)[] texts = [.. _experiment.Texts.SelectMany((source, s) => Texts(source, s, item))];
        return _experiment.Targets.SelectMany(choice => Targets(choice, texts)).DistinctBy(t => t.Identity);
    }

    private static IEnumerable<UnitTarget> Targets(TargetChoice choice, (string Text, string? Label)[] texts) => choice switch
    {
        MatchingChoice matching => texts.Select(t => new MatchingUnitTarget(t.Text, matching.Score) { Label = t.Label }),
        EmbeddingDimensionChoice dimensions => dimensions.Dimensions.Select(d => new EmbeddingDimensionUnitTarget(d)),
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "no such kind of target"),
    };

    private static void Require(IReadOnlyList<string>? asked, IReadOnlyCollection<string> known, string field, string what, ExperimentProblems problems)
    {
        for (int i = 0; i < (asked?.Count ?? 0); i++)
        {
            string name = asked![i];
            if (!known.Contains(name, StringComparer.Ordinal)) problems.Add($"{field}[{i}]", $"'{name}' is no {what}; known: {string.Join(", ", known.Take(30))}{NearestNames.Suffix(name, known)}");
        }
    }

    private static IEnumerable<string> Classes(IEnumerable<string> all, TextScope of, IReadOnlyList<string>? only, DatasetItem item) => all
        .Where(l => of == TextScope.All || item.Labels.Contains(l, StringComparer.Ordinal))
        .Where(l => only is not { Count: > 0 } || only.Contains(l, StringComparer.Ordinal));

    private void ReadPrompts(PromptTexts prompts, int source, string folder, ExperimentProblems problems)
    {
        try
        {
            PromptFile file = PromptFile.Read(Path.Combine(folder, prompts.File));
            _prompts[source] = file;
            Require(prompts.Only, [.. file.Classes.Select(c => c.Class)], $"texts[{source}].only", "class of the prompts file", problems);
            string[] unknown = [.. file.Classes.Select(c => c.Class).Except(_labels, StringComparer.Ordinal)];
            if (prompts.Of == TextScope.Item && unknown.Length == file.Classes.Count)
                problems.Add($"texts[{source}].file", $"no class of the prompts file is a label of the images taken: it has {string.Join(", ", unknown.Take(10))}, they have {string.Join(", ", _labels.Take(10))}");
        }
        catch (PellucidException e)
        {
            problems.Add($"texts[{source}].file", e.Message);
        }
    }

    private IEnumerable<(string Text, string? Label)> Texts(TextSource source, int index, DatasetItem item) => source switch
    {
        GivenTexts given => given.Texts.Select(t => (t, (string?)null)),
        CaptionTexts captions => item.Captions.Take(captions.All ? int.MaxValue : 1).Select(t => (t, (string?)null)),
        RegionTexts => item.Regions.Select(r => (r.Name, (string?)null)),
        LabelTexts labels => Classes(_labels, labels.Of, labels.Only, item).Select(l => (labels.Template.Replace(LabelTexts.Placeholder, l, StringComparison.Ordinal), (string?)l)),
        PromptTexts prompts => Classes(_prompts[index].Classes.Select(c => c.Class), prompts.Of, prompts.Only, item)
            .SelectMany(l => _prompts[index].Classes.First(c => c.Class == l).Prompts.Take(prompts.PerClass ?? int.MaxValue).Select(p => (p, (string?)l))),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "no such source of texts"),
    };
}
