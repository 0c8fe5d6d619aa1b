using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Files;
using Pellucid.Modeling.Prompts;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>From the texts of an experiment to the texts of each item.</summary>
internal sealed class TextExpansion
{
    private readonly IReadOnlyList<TextSource> _sources;
    private readonly IReadOnlyList<PromptTexts>?[] _prompts;
    private readonly TextChoices?[] _choices;

    /// <summary>Reads what all items share, and notes classes that do not exist.</summary>
    public TextExpansion(IReadOnlyList<TextSource> sources, string folder, IReadOnlyList<DatasetItem> items, IReadOnlyList<string> labels, ExperimentProblems problems)
    {
        _sources = sources;
        _prompts = new IReadOnlyList<PromptTexts>?[sources.Count];
        _choices = new TextChoices?[sources.Count];
        Labels = labels;
        string[] given = [.. sources.OfType<GivenTexts>().SelectMany(g => g.Texts).Distinct(StringComparer.Ordinal)];
        TextChoices? all = given.Length > 1 ? new TextChoices(given) : null;
        for (int s = 0; s < sources.Count; s++)
        {
            string field = $"texts[{s}]";
            switch (sources[s])
            {
                case GivenTexts:
                    _choices[s] = all;
                    break;
                case LabelTexts own:
                    if (Labels.Count == 0) problems.Add(field, "texts cannot come from labels: no image of the data set has one");
                    Require(own.Only, Labels, $"{field}.only", "label of the data set", problems);
                    _choices[s] = new TextChoices([.. Labels.Where(l => IsIn(own.Only, l)).Select(l => Fill(own.Template, l)).Distinct(StringComparer.Ordinal)]);
                    break;
                case PromptFileTexts prompts:
                    _prompts[s] = ReadPrompts(prompts.File, folder, prompts.Of, $"{field}.file", problems);
                    if (_prompts[s] is { } file) Require(prompts.Only, [.. file.Select(c => c.Name)], $"{field}.only", "class of the prompts file", problems);
                    break;
                case CaptionTexts when items.All(i => i.Captions.Count == 0):
                    problems.Add(field, "texts cannot come from captions: no image taken has one");
                    break;
                case RegionTexts when items.All(i => i.Regions.Count == 0):
                    problems.Add(field, "texts cannot come from regions: no image taken has one");
                    break;
                case AttributeTexts attributes:
                    string[] known = [.. items.SelectMany(i => i.Regions).SelectMany(r => r.Attributes).Select(a => a.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
                    if (known.Length == 0) problems.Add(field, "texts cannot come from attributes: no region of an image taken has one");
                    else Require([attributes.Of], known, $"{field}.of", "attribute of the regions", problems);
                    break;
            }
        }
    }

    /// <summary>Labels of the data set, in ordinal order.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Texts of an item, in the order of the experiment.</summary>
    public IEnumerable<ItemText> Of(DatasetItem item) => _sources.SelectMany((source, s) => Texts(source, s, item));

    /// <summary>Reads a prompts file; notes where it cannot be used, or where no class of it could be an item's own.</summary>
    public IReadOnlyList<PromptTexts>? ReadPrompts(string path, string folder, TextScope of, string field, ExperimentProblems problems)
    {
        try
        {
            IReadOnlyList<PromptTexts> file = PromptFile.Read(Path.Combine(folder, path));
            if (of == TextScope.Item && !file.Any(c => Labels.Contains(c.Name, StringComparer.Ordinal)))
            {
                problems.Add(field, $"no class of the prompts file is a label of the data set: it has {string.Join(", ", file.Take(10).Select(c => c.Name))}, the data set has "
                    + $"{(Labels.Count == 0 ? "none" : string.Join(", ", Labels.Take(10)))}; 'of: all' takes all classes for every image");
            }

            return file;
        }
        catch (PellucidException e)
        {
            problems.Add(field, e.Message);
            return null;
        }
    }

    private static string Fill(string template, string label) => template.Replace(LabelTexts.Placeholder, label, StringComparison.Ordinal);

    private static bool IsIn(IReadOnlyList<string>? only, string label) => only is not { Count: > 0 } || only.Contains(label, StringComparer.Ordinal);

    private static void Require(IReadOnlyList<string>? asked, IReadOnlyCollection<string> known, string field, string what, ExperimentProblems problems)
    {
        for (int i = 0; i < (asked?.Count ?? 0); i++)
        {
            string name = asked![i];
            if (!known.Contains(name, StringComparer.Ordinal)) problems.Add($"{field}[{i}]", $"'{name}' is no {what}; known: {string.Join(", ", known.Take(30))}{NearestNames.Suffix(name, known)}");
        }
    }

    private IEnumerable<ItemText> Texts(TextSource source, int index, DatasetItem item) => source switch
    {
        GivenTexts given => given.Texts.Select(t => new ItemText(t, Choices: _choices[index])),
        CaptionTexts captions => item.Captions.Take(captions.All ? int.MaxValue : 1).Select(t => new ItemText(t)),
        RegionTexts => item.Regions.Select(r => new ItemText(r.Name)),
        AttributeTexts attributes => item.Regions.SelectMany(r => r.Attributes).Where(a => a.Name == attributes.Of).Distinct()
            .Select(a => new ItemText(attributes.Template.Replace(AttributeTexts.Placeholder, a.Value, StringComparison.Ordinal), Attribute: a)),
        LabelTexts labels => Labels.Where(l => IsIn(labels.Only, l) && IsOf(labels.Of, l, item)).Select(l => new ItemText(Fill(labels.Template, l), l, _choices[index], Predicted: labels.Of == TextScope.Predicted)),
        PromptFileTexts prompts => _prompts[index]!.Where(c => IsIn(prompts.Only, c.Name) && IsOf(prompts.Of, c.Name, item))
            .SelectMany(c => c.Prompts.Take(prompts.PerClass ?? int.MaxValue).Select(p => new ItemText(p, c.Name))),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "no such source of texts"),
    };

    private static bool IsOf(TextScope of, string label, DatasetItem item) => of != TextScope.Item || item.Labels.Contains(label, StringComparer.Ordinal);
}
