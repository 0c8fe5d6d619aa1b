using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Explaining;
using Pellucid.Host.Models;
using Pellucid.Host.Options;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Checks all that can be checked before any work, then writes an experiment out as units.</summary>
/// <param name="services">The host's services.</param>
/// <param name="models">Finds and loads models.</param>
public sealed class ExperimentPlanner(HostServices services, ModelLocator models)
{
    private readonly DatasetLocator _datasets = new(services);

    /// <summary>Plans.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ExperimentException">Parts of it cannot be used; all of them are listed.</exception>
    /// <exception cref="PellucidException">A model or the data set cannot be loaded.</exception>
    public async Task<ExperimentPlan> PlanAsync(ExperimentFile file, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ExperimentProblems problems = file.Problems;
        if (file.Parsed is not { } experiment)
        {
            problems.ThrowIfAny();
            throw new InvalidOperationException("an experiment without content and without problems");
        }

        PlannedExplainer[] explainers = [.. Each(experiment.Explainers, "explainers", problems, Choose)];
        ModelSource[] sources = [.. Each(experiment.Models, "models", problems, m => FindModel(m, file.Folder))];
        NoteTwins(explainers.Select(e => e.Identity), "explainers", problems);
        NoteTwins(sources.Select(s => s.Path), "models", problems);
        (string Path, IDatasetReader Reader)? place = Locate(experiment, file);
        problems.ThrowIfAny();

        DatasetRequest request = new(place!.Value.Path, experiment.Dataset.BadRecords);
        IReadOnlyList<DatasetItem> items = await ItemFilter.TakeAsync(experiment.Dataset, place.Value.Reader, request, problems, cancellationToken);
        TargetExpansion expansion = new(experiment, file.Folder, items, problems);
        problems.ThrowIfAny();

        PlannedModel[] loaded = new PlannedModel[sources.Length];
        for (int m = 0; m < sources.Length; m++) loaded[m] = await LoadAsync(sources[m], cancellationToken);
        await CheckPairsAsync(experiment, loaded, explainers, problems, cancellationToken);
        problems.ThrowIfAny();

        List<PlannedItem> planned = [];
        foreach (DatasetItem item in items) planned.Add(await HashAsync(item, experiment.Seed, cancellationToken));
        return new ExperimentPlan
        {
            Experiment = experiment,
            Models = loaded,
            DatasetPath = place.Value.Path,
            Reader = place.Value.Reader.Id,
            Items = planned,
            BadRecords = request.Rejected,
            Explainers = explainers,
            Units = [.. Units(experiment, expansion, loaded, planned, explainers)],
        };
    }

    private static IEnumerable<PlannedUnit> Units(Experiment experiment, TargetExpansion expansion, PlannedModel[] models, List<PlannedItem> items, PlannedExplainer[] explainers)
    {
        string preparation = OptionNames.ToKebab(experiment.Preparation.ToString());
        UnitTarget[][] targets = [.. items.Select(i => expansion.Of(i.Item).ToArray())];
        return from model in models
               from i in Enumerable.Range(0, items.Count)
               from explainer in explainers
               from target in targets[i]
               select new PlannedUnit(UnitKeys.Unit(model.Identity, items[i].ImageHash, preparation, target.Identity, explainer.Identity, items[i].Seed), model, items[i], target, explainer);
    }

    private static async Task<PlannedItem> HashAsync(DatasetItem item, ulong seed, CancellationToken cancellationToken)
    {
        ulong own = UnitKeys.Seed(seed, item.Id);
        try
        {
            return new PlannedItem(item, await item.Image.HashAsync(cancellationToken), own, null);
        }
        catch (PellucidException e)
        {
            return new PlannedItem(item, $"unreadable: {item.Id}", own, e.Message);
        }
    }

    /// <summary>Refuses what could never work, naming what is missing, before any unit is begun.</summary>
    private static async Task CheckPairsAsync(Experiment experiment, PlannedModel[] models, PlannedExplainer[] explainers, ExperimentProblems problems, CancellationToken cancellationToken)
    {
        foreach (PlannedModel model in models)
        {
            ExplanationTarget[] samples = await SamplesAsync(experiment, model, problems, cancellationToken);
            for (int e = 0; e < explainers.Length; e++)
            {
                ChosenExplainer chosen = explainers[e].Chosen;
                ModelCapabilities missing = chosen.Explainer.Requires & ~model.Model.Capabilities;
                if (missing != ModelCapabilities.None)
                {
                    problems.Add($"explainers[{e}]", $"{chosen.Text} needs of the model: {missing}; '{model.Id}' offers only {model.Model.Capabilities}. Choose another explainer (see 'plugins list')");
                    continue;
                }

                foreach (ExplanationTarget sample in samples.Where(s => !chosen.Explainer.CanExplain(s)))
                    problems.Add($"explainers[{e}]", $"{chosen.Text} cannot explain targets like: {sample.Describe()}; choose another explainer or another target");
            }
        }
    }

    /// <summary>One target of each kind that the experiment has.</summary>
    private static async Task<ExplanationTarget[]> SamplesAsync(Experiment experiment, PlannedModel model, ExperimentProblems problems, CancellationToken cancellationToken)
    {
        List<ExplanationTarget> samples = [];
        int width = model.Model.Description.EmbeddingDimension;
        for (int t = 0; t < experiment.Targets.Count; t++)
        {
            switch (experiment.Targets[t])
            {
                case MatchingChoice matching:
                    samples.Add(await new MatchingUnitTarget("a text", matching.Score).ResolveAsync(model.Texts, cancellationToken));
                    break;
                case EmbeddingDimensionChoice dimensions:
                    foreach (int wrong in dimensions.Dimensions.Where(d => d >= width))
                        problems.Add($"targets[{t}].dimensions", $"embedding dimension {wrong} does not exist: '{model.Id}' has dimensions 0 to {width - 1}");
                    samples.Add(new EmbeddingDimensionTarget(0));
                    break;
            }
        }

        return [.. samples];
    }

    private static IEnumerable<T> Each<T>(IReadOnlyList<string> texts, string field, ExperimentProblems problems, Func<string, T> use)
    {
        for (int i = 0; i < texts.Count; i++)
        {
            T made;
            try
            {
                made = use(texts[i]);
            }
            catch (SpecException e)
            {
                problems.Add(Field(field, i), e.Problem, e.Position);
                continue;
            }
            catch (PellucidException e)
            {
                problems.Add(Field(field, i), e.Message);
                continue;
            }

            yield return made;
        }
    }

    private static void NoteTwins(IEnumerable<string> identities, string field, ExperimentProblems problems)
    {
        string[] all = [.. identities];
        for (int i = 0; i < all.Length; i++)
        {
            if (Array.IndexOf(all, all[i]) < i) problems.Add(Field(field, i), $"the same stands in {field} before: leave one of the two out");
        }
    }

    private static string Field(string list, int index) => $"{list}[{index}]";

    private PlannedExplainer Choose(string spec) => new(services.ChooseExplainer(spec), PartIdentity.Of(services.Explainers.Parse(spec)));

    private ModelSource FindModel(string idOrPath, string folder)
    {
        bool known = models.Known().Any(m => m.Id == idOrPath);
        return models.Find(known || !Path.Exists(Path.Combine(folder, idOrPath)) ? idOrPath : Path.Combine(folder, idOrPath));
    }

    private (string Path, IDatasetReader Reader)? Locate(Experiment experiment, ExperimentFile file)
    {
        if (experiment.Dataset.Path.Length == 0) return null;
        string field = "dataset.path";
        try
        {
            string path = _datasets.Find(experiment.Dataset.Path, file.Folder);
            field = "dataset.reader";
            return (path, _datasets.Reader(path, experiment.Dataset.Reader));
        }
        catch (PellucidException e)
        {
            file.Problems.Add(field, e.Message);
            return null;
        }
    }

    private async Task<PlannedModel> LoadAsync(ModelSource source, CancellationToken cancellationToken)
    {
        IVisionLanguageModel model = await models.LoadAsync(source, cancellationToken);
        PluginManifest? plugin = services.Plugins.Plugins.FirstOrDefault(p => p.ModelAdapters().Any(a => a.Id == model.Description.AdapterId))?.Manifest;
        string adapter = $"{plugin?.Id}/{plugin?.Version}/{plugin?.Hash}";
        return new PlannedModel(model, $"{model.Description.ContentHash} tokenizer {model.Tokenizer.ContentHash} by {model.Description.AdapterId}@{adapter}", adapter);
    }
}
