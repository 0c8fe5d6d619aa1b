using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Planning;

namespace Pellucid.Host.Reproduce;

/// <summary>Which unit of the experiment is which map of the study.</summary>
public sealed class StudyLayout
{
    private readonly Dictionary<StudyApproach, string[]> _targets;

    /// <summary>Makes the layout of a study.</summary>
    /// <param name="methods">Methods, in order.</param>
    /// <param name="classes">Classes with their prompt sentences, in order.</param>
    public StudyLayout(IReadOnlyList<StudyMethod> methods, IReadOnlyList<PromptTexts> classes)
    {
        ArgumentNullException.ThrowIfNull(methods);
        ArgumentNullException.ThrowIfNull(classes);
        (Methods, Classes) = (methods, classes);
        PromptChoices prompts = new(classes, PromptEnsemble.Mean, PromptPadding.None), labels = new(LabelsOf(classes), PromptEnsemble.Mean, PromptPadding.None);
        string[] Targets(PromptChoices choices, ClassScore form, ScoreKind score) => [.. classes.Select(c => new ClassUnitTarget(choices, c.Name, form, score).Identity)];
        _targets = new Dictionary<StudyApproach, string[]>
        {
            [StudyApproach.Plain] = Targets(prompts, ClassScore.Probability, ScoreKind.Logit),
            [StudyApproach.Prompts] = Targets(prompts, ClassScore.Logit, ScoreKind.Linear),
            [StudyApproach.Labels] = Targets(labels, ClassScore.Logit, ScoreKind.Linear),
        };
    }

    /// <summary>Methods, in order.</summary>
    public IReadOnlyList<StudyMethod> Methods { get; }

    /// <summary>Classes with their prompt sentences, in order.</summary>
    public IReadOnlyList<PromptTexts> Classes { get; }

    /// <summary>Identities of all targets.</summary>
    public IEnumerable<string> Targets => _targets.Values.SelectMany(t => t);

    /// <summary>The classes with their labels as the only text.</summary>
    public static IReadOnlyList<PromptTexts> LabelsOf(IReadOnlyList<PromptTexts> classes)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return [.. classes.Select(c => new PromptTexts(c.Name, [c.Name]))];
    }

    /// <summary>The units of an image, for <see cref="Find"/>.</summary>
    public static IReadOnlyDictionary<(string Explainer, string Target), ReportUnit> Index(IReportResults results, string item)
    {
        ArgumentNullException.ThrowIfNull(results);
        return results.Units.Where(u => u.Item.Id == item).ToDictionary(u => (u.Explainer, u.Target.Identity));
    }

    /// <summary>The unit of a map; null where the experiment has none.</summary>
    /// <param name="units">What <see cref="Index"/> gave.</param>
    /// <param name="approach">Which maps.</param>
    /// <param name="method">By which method.</param>
    /// <param name="index">Index of the class.</param>
    public ReportUnit? Find(IReadOnlyDictionary<(string Explainer, string Target), ReportUnit> units, StudyApproach approach, StudyMethod method, int index)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(method);
        return units.GetValueOrDefault((method.Of(approach), _targets[approach][index]));
    }
}
