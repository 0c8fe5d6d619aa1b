using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;

namespace Pellucid.Host.Reproduce;

/// <summary>The study of Hashmi et al. 2024 as its sections see it: found again in the plan of any experiment that has its targets and explainers.</summary>
internal sealed class PlannedStudy
{
    private StudyLayout? _layout;
    private MapStudy? _maps;

    /// <summary>Which unit is which map.</summary>
    public StudyLayout Layout => _layout ?? throw new InvalidOperationException("the study has not seen a plan");

    /// <summary>Measures the maps, once for all sections.</summary>
    public MapStudy Maps => _maps ??= new MapStudy(Layout);

    /// <summary>Looks whether an experiment has the targets of the study.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="section">Id of the section that asks, for messages.</param>
    /// <exception cref="PellucidException">The experiment is another one.</exception>
    public static void Check(Experiment experiment, string section) => _ = Targets(experiment, section);

    /// <summary>Finds the study in a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="section">Id of the section that asks, for messages.</param>
    /// <exception cref="PellucidException">The experiment is another one.</exception>
    public void Plan(ExperimentPlan plan, string section)
    {
        if (_layout is not null) return;
        Experiment experiment = plan.Experiment;
        (ClassChoice plain, ClassChoice prompts) = Targets(experiment, section);
        StudyMethod[] methods = [.. plain.Explainers.Zip(prompts.Explainers, (p, f) => new StudyMethod(Text(p), Text(p), Text(f)))];
        PromptChoices[] choices = [.. plan.Units.Select(u => u.Target).OfType<ClassUnitTarget>().Where(t => t.Form == ClassScore.Probability).Select(t => t.Prompts).Distinct()];
        if (choices is not [var classes]) throw Other(section, "its images do not share one set of classes");
        StudyLayout layout = new(methods, classes.Classes);
        HashSet<string> targets = new(plan.Units.Select(u => u.Target.Identity), StringComparer.Ordinal);
        if (!layout.Targets.All(targets.Contains)) throw Other(section, "not every class of its prompts is explained by prompts and by its label");
        _layout = layout;

        string Text(string written) => plan.Explainers[experiment.Explainers.ToList().IndexOf(written)].Chosen.Text;
    }

    private static (ClassChoice Plain, ClassChoice Prompts) Targets(Experiment experiment, string section)
    {
        if (experiment.Models.Count != 1) throw Other(section, $"it has {experiment.Models.Count} models, not one");
        if (experiment.Targets is not
            [
                ClassChoice { Form: ClassScore.Probability, Score: ScoreKind.Logit, Ensemble: PromptEnsemble.Mean, Padding: PromptPadding.None } plain,
                ClassChoice { Form: ClassScore.Logit, Score: ScoreKind.Linear, Ensemble: PromptEnsemble.Mean, Padding: PromptPadding.None } prompts,
                ClassChoice { Form: ClassScore.Logit, Score: ScoreKind.Linear, Ensemble: PromptEnsemble.Mean, Padding: PromptPadding.None } labels,
            ])
            throw Other(section, "its targets are not the probability of classes, and the linear logit of the same by prompts and by labels");
        return plain.Explainers.Count > 0 && prompts.Explainers.Count == plain.Explainers.Count && labels.Explainers.SequenceEqual(prompts.Explainers, StringComparer.Ordinal)
            ? (plain, prompts)
            : throw Other(section, "its targets do not name the same number of plain and of fused explainers");
    }

    private static PellucidException Other(string section, string why) =>
        new($"'{section}' is for experiments as 'reproduce {StudyPlanner.Name}' writes them, and this is none: {why}");
}
