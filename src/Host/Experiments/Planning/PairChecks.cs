using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Refuses what could never work, naming what is missing, before any unit is begun.</summary>
/// <param name="experiment">The experiment.</param>
/// <param name="explainers">Its explainers.</param>
/// <param name="metrics">Its metrics.</param>
/// <param name="problems">Where to note.</param>
internal sealed class PairChecks(Experiment experiment, IReadOnlyList<PlannedExplainer> explainers, IReadOnlyList<PlannedMetric> metrics, ExperimentProblems problems)
{
    /// <summary>Checks every model with every explainer, metric and kind of target.</summary>
    /// <param name="models">Models of the experiment.</param>
    /// <param name="targets">Items with their targets.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task RunAsync(IReadOnlyList<PlannedModel> models, IReadOnlyList<(DatasetItem Item, UnitTarget Target)> targets, CancellationToken cancellationToken)
    {
        if (targets.Count == 0) problems.Add("texts", "no image taken has a text, so there is nothing to explain");
        for (int m = 0; m < metrics.Count; m++) CheckData(m, targets);
        foreach (PlannedModel model in models)
        {
            CheckDimensions(model);
            if (!problems.None) continue;
            IReadOnlyList<(UnitTarget Unit, ExplanationTarget Target)> samples = await SamplesAsync(model, [.. targets.Select(t => t.Target)], cancellationToken);
            for (int e = 0; e < explainers.Count; e++) CheckExplainer(model, [.. samples.Where(s => s.Unit.IsFor(experiment.Explainers[e])).Select(s => s.Target).DistinctBy(s => s.Kind)], e);
            if (!problems.None) continue;
            for (int m = 0; m < metrics.Count; m++) CheckMetric(model, m);
        }
    }

    private void CheckData(int index, IReadOnlyList<(DatasetItem Item, UnitTarget Target)> targets)
    {
        MetricNeeds needs = metrics[index].Metric.Traits.Needs;
        if (metrics[index].Metric.Traits.BatchDependence is { } dependence)
            problems.Add($"metrics[{index}]", $"{metrics[index].Text} gives a target another value with other targets beside it, so its results could neither be resumed nor compared: {dependence}");
        if (needs.HasFlag(MetricNeeds.Mask) && !targets.Any(t => t.Target.RegionsOf(t.Item).Count > 0))
            problems.Add($"metrics[{index}]", $"{metrics[index].Text} needs the region that is right for a target, and no target is about one: take texts from regions or labels of a data set that has outlines");
        if (needs.HasFlag(MetricNeeds.Candidates) && targets.All(t => t.Target.CandidatesIdentity.Length == 0))
            problems.Add($"metrics[{index}]", $"{metrics[index].Text} needs the texts among which a target was chosen, and none was chosen among any: write several texts out, take them from labels (evaluate: --texts ground-truth or prediction), take targets of kind class, or, where the metric has that option, let it watch the target alone (score=target)");
        if (needs.HasFlag(MetricNeeds.Captions) && !targets.Any(t => t.Target is MatchingUnitTarget target && t.Item.Captions.Contains(target.About, StringComparer.Ordinal)))
            problems.Add($"metrics[{index}]", $"{metrics[index].Text} looks for images by their captions and for captions by their images, and no target is a caption of its image: take texts from captions of a data set that has them");
    }

    private void CheckDimensions(PlannedModel model)
    {
        int width = model.Model.Description.EmbeddingDimension;
        for (int t = 0; t < experiment.Targets.Count; t++)
        {
            if (experiment.Targets[t] is not EmbeddingDimensionChoice choice) continue;
            for (int d = 0; d < choice.Dimensions.Count; d++)
            {
                if (choice.Dimensions[d] >= width) problems.Add($"targets[{t}].dimensions[{d}]", $"embedding dimension {choice.Dimensions[d]} does not exist: '{model.Id}' has dimensions 0 to {width - 1}");
            }
        }
    }

    /// <summary>One target of each kind and of each choice of explainers.</summary>
    private async Task<IReadOnlyList<(UnitTarget Unit, ExplanationTarget Target)>> SamplesAsync(PlannedModel model, IReadOnlyList<UnitTarget> targets, CancellationToken cancellationToken)
    {
        List<(UnitTarget, ExplanationTarget)> samples = [];
        foreach (UnitTarget target in targets.DistinctBy(t => (t.Kind, string.Join('\n', t.Explainers))))
        {
            try
            {
                ExplanationTarget sample = await target.ResolveAsync(model.Texts, cancellationToken);
                if (sample is EmbeddingTarget embedding) _ = embedding.Parameters(model.Model.Description.EmbeddingDimension);
                samples.Add((target, sample));
            }
            catch (PellucidException e)
            {
                problems.Add("targets", $"'{model.Id}' cannot take {target.Description}: {e.Message}");
            }
        }

        return samples;
    }

    private void CheckExplainer(PlannedModel model, IReadOnlyList<ExplanationTarget> samples, int index)
    {
        (string text, IExplainer explainer) = (explainers[index].Chosen.Text, explainers[index].Chosen.Explainer);
        ModelCapabilities missing = explainer.Requires & ~model.Model.Capabilities;
        if (missing != ModelCapabilities.None)
        {
            problems.Add($"explainers[{index}]", $"{text} needs of the model: {missing}; '{model.Id}' offers only {model.Model.Capabilities}. Choose another explainer (see 'plugins list')");
            return;
        }

        foreach (ExplanationTarget sample in samples.Where(s => !explainer.CanExplain(s)))
            problems.Add($"explainers[{index}]", $"{text} cannot explain targets like: {sample.Describe()}; choose another explainer or another target");
    }

    private void CheckMetric(PlannedModel model, int index)
    {
        foreach (PlannedExplainer explainer in explainers)
        {
            if (metrics[index].Metric.WhyNot(new MetricRequest { Model = model.Model, Explainer = explainer.Chosen.Explainer, Items = [] }) is { } refusal)
                problems.Add($"metrics[{index}]", $"{metrics[index].Text} cannot measure {explainer.Chosen.Text} on '{model.Id}': {refusal}");
        }
    }
}
