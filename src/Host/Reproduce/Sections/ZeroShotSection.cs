using System.Globalization;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Reporting;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Reproduce.Sections;

/// <summary>Section <c>zero-shot</c>: AUROC of each class of the experiment's targets, over more images than are explained.</summary>
/// <param name="services">The host's services.</param>
/// <param name="options">Options.</param>
internal sealed class ZeroShotSection(HostServices services, ZeroShotOptions options) : IComputedSection
{
    /// <summary>Its name in experiments.</summary>
    public const string Id = "zero-shot";

    private const int ShownFailures = 20;
    private ExperimentPlan? _plan;
    private PromptChoices? _choices;

    /// <summary>What was found, by model, in order.</summary>
    public IReadOnlyList<(string Model, ZeroShot Found)> Found { get; private set; } = [];

    public void Check(Experiment experiment)
    {
        if (!experiment.Targets.OfType<ClassChoice>().Any()) throw new PellucidException($"'{Id}' classifies by the prompts of a target of kind class, and the experiment has none");
    }

    public void Plan(ExperimentPlan plan)
    {
        _plan = plan;
        PromptChoices first = plan.Units.Select(u => u.Target).OfType<ClassUnitTarget>().FirstOrDefault()?.Prompts ?? throw new PellucidException($"'{Id}' classifies by the classes of targets, and no image has one");
        // As published: the mean over a class's prompts, each encoded alone, whatever the targets do with them.
        _choices = new PromptChoices(first.Classes, PromptEnsemble.Mean, PromptPadding.None);
    }

    public async Task ComputeAsync(Workspace workspace, ExperimentRunOptions run, RunTimings timings, CancellationToken cancellationToken)
    {
        ExperimentPlan plan = _plan!;
        ExperimentProblems problems = new($"section {Id}");
        DatasetChoice all = plan.Experiment.Dataset with { Limit = options.Images, Items = [] };
        (IReadOnlyList<DatasetItem> items, _) = await ItemFilter.TakeAsync(all, new DatasetLocator(services).Reader(plan.DatasetPath, all.Reader), new DatasetRequest(plan.DatasetPath, all.BadRecords), problems, cancellationToken);
        problems.ThrowIfAny();
        List<(string, ZeroShot)> found = [];
        foreach (PlannedModel model in plan.Models)
        {
            StoredClassification classification = new(model, _choices!, workspace, run.ImageLimits, services.Runner.Environment, timings);
            found.Add((model.Id, ZeroShot.Of(_choices!.Classes, items, await classification.RunAsync(items, run.SectionProgress, cancellationToken))));
        }

        Found = found;
    }

    public Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        foreach ((string model, ZeroShot found) in Found)
        {
            report.Heading(Found.Count == 1 ? "Zero-shot classification" : $"Zero-shot classification: {model}");
            report.Paragraph($"AUROC of the mean logit over a class's prompts, each encoded alone, on {found.Images} images. Mean over the classes: {Number(found.Mean)}.");
            report.Table(["class", "positives", "negatives", "AUROC"], found.Classes.Select(c => (IReadOnlyList<string>)[c.Name, $"{c.Positives}", $"{c.Negatives}", Number(c.Auroc)]));
            if (found.Failures.Count == 0) continue;
            report.Paragraph($"{found.Failures.Count} images could not be classified and count in no class{(found.Failures.Count > ShownFailures ? $"; the first {ShownFailures}" : string.Empty)}:");
            report.Table(["image", "why"], found.Failures.Take(ShownFailures).Select(f => (IReadOnlyList<string>)[f.Item, f.Why]));
        }

        return Task.CompletedTask;
    }

    private static string Number(double? value) => value?.ToString("F4", CultureInfo.InvariantCulture) ?? "undefined";
}
