using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Host.Explaining;
using Pellucid.Host.Models;
using Pellucid.Host.Options;
using Pellucid.Host.Plugins;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>Checks all that can be checked before any work, then writes an experiment out as units.</summary>
/// <param name="services">The host's services.</param>
/// <param name="models">Finds and loads models.</param>
/// <param name="clock">For judging whether a file was changed just now; no result depends on it.</param>
public sealed class ExperimentPlanner(HostServices services, ModelLocator models, TimeProvider clock)
{
    private readonly DatasetLocator _datasets = new(services);

    /// <summary>Plans.</summary>
    /// <param name="file">The experiment.</param>
    /// <param name="limits">Limits for decoding images, where predictions need them.</param>
    /// <param name="remember">Opens what planning remembers; may give none. Asked for once, when the experiment was checked and the work begins.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="ExperimentException">Parts of it cannot be used; all of them are listed.</exception>
    /// <exception cref="PellucidException">A model or the data set cannot be loaded.</exception>
    public async Task<ExperimentPlan> PlanAsync(ExperimentFile file, ImageLimits limits, Func<IPlanningStore?> remember, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(remember);
        ExperimentProblems problems = file.Problems;
        if (file.Parsed is not { } experiment)
        {
            problems.ThrowIfAny();
            throw new InvalidOperationException("an experiment without content and without problems");
        }

        PlannedExplainer[] explainers = [.. Each(experiment.Explainers, "explainers", problems, Choose, e => e.Identity)];
        PlannedMetric[] metrics = [.. Each(experiment.Metrics, "metrics", problems, ChooseMetric, m => m.Identity)];
        ModelSource[] sources = [.. Each(experiment.Models, "models", problems, m => FindModel(m, file.Folder), m => m.Path)];
        (string Path, IDatasetReader Reader)? place = Locate(experiment, file);
        problems.ThrowIfAny();

        DatasetRequest request = new(place!.Value.Path, experiment.Dataset.BadRecords);
        (IReadOnlyList<DatasetItem> items, IReadOnlyList<string> labels) = await ItemFilter.TakeAsync(experiment.Dataset, place.Value.Reader, request, problems, cancellationToken);
        TargetExpansion expansion = new(experiment, file.Folder, items, labels, services.Runner, problems);
        problems.ThrowIfAny();

        PlannedModel[] loaded = new PlannedModel[sources.Length];
        for (int m = 0; m < sources.Length; m++) loaded[m] = await LoadAsync(sources[m], cancellationToken);
        await new PairChecks(experiment, explainers, metrics, problems).RunAsync(loaded, [.. items.SelectMany(i => PredictedTargets.Samples(i, expansion.Of(i)).Select(t => (i, t)))], cancellationToken);
        problems.ThrowIfAny();

        IPlanningStore? store = remember();
        IReadOnlyList<PlannedItem> planned = await new ItemHashes(store, clock).PlanAsync(items, experiment.Seed, cancellationToken);
        PlannedUnit[] units = [.. await UnitsAsync(experiment, expansion, loaded, planned, explainers, model => new PredictedTargets(model, experiment.Preparation, limits, store), cancellationToken)];
        return new ExperimentPlan
        {
            Experiment = experiment,
            Models = loaded,
            DatasetPath = place.Value.Path,
            Reader = experiment.Dataset.Reader ?? place.Value.Reader.Id,
            Items = planned,
            BadRecords = request.Rejected,
            Explainers = explainers,
            Metrics = metrics,
            Units = units,
        };
    }

    private static async Task<IReadOnlyList<PlannedUnit>> UnitsAsync(
        Experiment experiment, TargetExpansion expansion, PlannedModel[] models, IReadOnlyList<PlannedItem> items, PlannedExplainer[] explainers,
        Func<PlannedModel, PredictedTargets> predictions, CancellationToken cancellationToken)
    {
        string preparation = OptionNames.ToKebab(experiment.Preparation.ToString());
        List<PlannedUnit> units = [];
        foreach (PlannedModel model in models)
        {
            PredictedTargets predicted = predictions(model);
            foreach (PlannedItem item in items)
            {
                IReadOnlyList<UnitTarget> targets = await predicted.ChooseAsync(item, [.. expansion.Of(item.Item)], cancellationToken);
                units.AddRange(
                    from e in Enumerable.Range(0, explainers.Length)
                    let explainer = explainers[e]
                    from target in targets
                    where target.IsFor(experiment.Explainers[e])
                    select new PlannedUnit(UnitKeys.Unit(model.Identity, item.ImageHash, preparation, target.Identity, explainer.Identity, item.Seed), model, item, target, explainer));
            }
        }

        return units;
    }

    private static IEnumerable<T> Each<T>(IReadOnlyList<string> texts, string field, ExperimentProblems problems, Func<string, T> use, Func<T, string> identity)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        for (int i = 0; i < texts.Count; i++)
        {
            T made;
            try
            {
                made = use(texts[i]);
            }
            catch (SpecException e)
            {
                // A comma inside [ ] ends the text, as YAML has it.
                bool cut = texts[i].Count(c => c == '(') > texts[i].Count(c => c == ')');
                problems.Add(Field(field, i), e.Problem + (cut ? " (inside [ ], what has commas needs quotes)" : string.Empty), e.Position);
                continue;
            }
            catch (PellucidException e)
            {
                problems.Add(Field(field, i), e.Message);
                continue;
            }

            if (seen.Add(identity(made))) yield return made;
            else problems.Add(Field(field, i), $"the same stands in {field} before: leave one of the two out");
        }
    }

    private static string Field(string list, int index) => $"{list}[{index}]";

    private PlannedExplainer Choose(string spec) => new(services.ChooseExplainer(spec), PartIdentity.Of(services.Explainers.Parse(spec)));

    private PlannedMetric ChooseMetric(string spec)
    {
        MetricConfiguration configuration = services.Metrics.Parse(spec);
        return new PlannedMetric(configuration.Text, services.Metrics.Create(configuration), PartIdentity.Of(configuration), PartIdentity.OfItems(configuration), configuration.Registration.Source);
    }

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
        catch (SpecException e)
        {
            file.Problems.Add(field, e.Problem, e.Position);
            return null;
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
        string adapter = CodeIdentity.Of(plugin);
        return new PlannedModel(model, $"{model.Description.ContentHash} tokenizer {model.Tokenizer.ContentHash} by {model.Description.AdapterId}@{adapter}", adapter);
    }
}
