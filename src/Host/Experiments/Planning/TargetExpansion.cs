using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Heads;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Targets;
using TargetChoice = Pellucid.Host.Experiments.Files.TargetChoice;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>From the targets of an experiment to the targets of each item.</summary>
internal sealed class TargetExpansion
{
    private readonly Experiment _experiment;
    private readonly TextExpansion _texts;
    private readonly Dictionary<TargetChoice, PromptChoices> _classes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<TargetChoice, HeadTarget[]> _heads = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads what all items share, and notes what does not exist.</summary>
    public TargetExpansion(Experiment experiment, string folder, IReadOnlyList<DatasetItem> items, IReadOnlyList<string> labels, IGraphRunner runner, ExperimentProblems problems)
    {
        _experiment = experiment;
        _texts = new TextExpansion(experiment.Texts, folder, items, labels, problems);
        for (int t = 0; t < experiment.Targets.Count; t++)
        {
            if (experiment.Targets[t] is ClassChoice choice && Classes(choice, $"targets[{t}]", folder, problems) is { } classes) _classes[choice] = classes;
            if (experiment.Targets[t] is HeadChoice heads) _heads[heads] = [.. Heads(heads, $"targets[{t}].heads", new HeadOutputs(runner, folder), problems)];
        }
    }

    /// <summary>Targets of an item, each once, in the order of the experiment.</summary>
    public IEnumerable<UnitTarget> Of(DatasetItem item)
    {
        ItemText[] texts = [.. _texts.Of(item)];
        return _experiment.Targets.SelectMany(choice => Targets(choice, texts, item).Select(t => t with { Explainers = choice.Explainers }))
            .GroupBy(t => t.Identity, StringComparer.Ordinal).Select(Joined);
    }

    /// <summary>One target that several entries ask for, for the explainers of any of them.</summary>
    private static UnitTarget Joined(IEnumerable<UnitTarget> same)
    {
        UnitTarget[] all = [.. same];
        return all.Length == 1 ? all[0] : all[0] with { Predicted = all.All(t => t.Predicted), Explainers = all.Any(t => t.Explainers.Count == 0) ? [] : [.. all.SelectMany(t => t.Explainers).Distinct(StringComparer.Ordinal)] };
    }

    private IEnumerable<UnitTarget> Targets(TargetChoice choice, ItemText[] texts, DatasetItem item) => choice switch
    {
        MatchingChoice matching => texts.Select(t => new MatchingUnitTarget(t.Text, matching.Score) { Label = t.Label, Choices = t.Choices, Attribute = t.Attribute, Predicted = t.Predicted }),
        ContrastChoice contrast => from text in texts
                                   from against in contrast.Against
                                   where against != text.Text
                                   select new ContrastUnitTarget(text.Text, against, contrast.Score) { Label = text.Label, Attribute = text.Attribute },
        ClassChoice c => _classes[c].Classes.Where(p => c.Of != TextScope.Item || item.Labels.Contains(p.Name, StringComparer.Ordinal))
            .Select(p => new ClassUnitTarget(_classes[c], p.Name, c.Form, c.Score) { Label = p.Name, Predicted = c.Of == TextScope.Predicted }),
        EmbeddingDimensionChoice dimensions => dimensions.Dimensions.Select(d => new EmbeddingDimensionUnitTarget(d)),
        HeadChoice => _heads[choice].Select(h => new HeadUnitTarget(h)),
        TapChoice taps => taps.Taps.Select(t => new TapUnitTarget(TapTarget.Parse(t))),
        _ => throw new ArgumentOutOfRangeException(nameof(choice), choice, "no such kind of target"),
    };

    private static IEnumerable<HeadTarget> Heads(HeadChoice choice, string field, HeadOutputs heads, ExperimentProblems problems)
    {
        for (int h = 0; h < choice.Heads.Count; h++)
        {
            HeadTarget target;
            try
            {
                target = heads.Find(choice.Heads[h], choice.Form);
            }
            catch (PellucidException e)
            {
                problems.Add($"{field}[{h}]", e.Message);
                continue;
            }

            yield return target;
        }
    }

    private PromptChoices? Classes(ClassChoice choice, string field, string folder, ExperimentProblems problems)
    {
        if (choice.Prompts is { } file)
            return _texts.ReadPrompts(file, folder, choice.Of, $"{field}.prompts", problems) is { } read ? new PromptChoices(read, choice.Ensemble, choice.Padding) : null;
        if (_texts.Labels.Count > 0)
            return new PromptChoices([.. _texts.Labels.Select(l => new PromptTexts(l, [choice.Template.Replace(LabelTexts.Placeholder, l, StringComparison.Ordinal)]))], choice.Ensemble, choice.Padding);
        problems.Add(field, "classes cannot come from labels: no image of the data set has one; give prompts: a JSON file with a list of texts for each class");
        return null;
    }
}
