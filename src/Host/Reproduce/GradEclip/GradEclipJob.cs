using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Explaining;
using Pellucid.Host.Models;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>
/// The experiments of Zhao et al. 2024, "Gradient-based visual explanation for transformer-based CLIP" (Grad-ECLIP), on any model and data set: one
/// experiment a part, each in a folder of its own, all on one workspace; then one report and one file of tables over them.
/// </summary>
/// <param name="services">The host's services.</param>
/// <param name="models">Finds and loads models.</param>
/// <param name="clock">For timings and nothing else.</param>
public sealed class GradEclipJob(HostServices services, ModelLocator models, TimeProvider clock)
{
    /// <summary>File of the tables.</summary>
    public const string TablesFile = "tables.json";

    /// <summary>File of the report.</summary>
    public const string ReportFile = "report.html";

    /// <summary>File of the times of explainers.</summary>
    public const string TimingsFile = "timings.json";

    /// <summary>File of the same as a page.</summary>
    public const string TimesFile = "timings.html";

    private const string NothingPublished = "Published values are not shipped; --published takes a file of them and shows them where data set and model are the paper's.";

    /// <summary>Runs the study.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="progress">Told how many units of a part are done, and of how many.</param>
    /// <param name="cancellationToken">Abandons the work; what was done before stays.</param>
    /// <exception cref="PellucidException">The study cannot be run, or results cannot be written.</exception>
    public async Task<GradEclipResult> RunAsync(GradEclipSpec spec, Func<string, IProgress<(int Done, int Total)>?> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(progress);
        foreach (string part in spec.Parts)
        {
            if (!GradEclipStudies.Names.Contains(part, StringComparer.Ordinal))
                throw new PellucidException($"the study has no part '{part}'; it has {string.Join(", ", GradEclipStudies.Names)}{NearestNames.Suffix(part, GradEclipStudies.Names)}");
        }

        PublishedValues? published = spec.Published is null ? null : PublishedValues.Read(spec.Published, services);
        // By the name that the experiments give it, so that it is loaded once for all of them.
        string source = models.Known().Any(m => m.Id == spec.Model) || !Path.Exists(spec.Model) ? spec.Model : Path.GetFullPath(spec.Model);
        IVisionLanguageModel model = await models.LoadAsync(models.Find(source), cancellationToken);
        (GradEclipStudies studies, IReadOnlyList<DatasetItem> items, PaperSetting setting) = await ReadAsync(spec, source, model, cancellationToken);
        List<GradEclipStudy> parts = [.. studies.Create()];
        for (int d = 0; d < spec.Domains.Count; d++)
        {
            // The reader and the split are those of the main data set.
            GradEclipSpec domain = spec with { Data = spec.Domains[d], Reader = null, Split = null };
            parts.Add((await ReadAsync(domain, source, model, cancellationToken)).Studies.Domain($"domain-{d + 1}", spec.Domains[d]));
        }

        List<(GradEclipStudy Study, ExperimentRun Run)> runs = [];
        foreach (GradEclipStudy study in parts)
        {
            ExperimentRunOptions options = new()
            {
                Out = Path.Combine(spec.Out, study.Name),
                Workspace = spec.Workspace ?? Path.Combine(spec.Out, "workspace"),
                BatchSize = spec.BatchSize,
                ImageLimits = spec.ImageLimits,
            };
            runs.Add((study, await new ExperimentRunner(services, models, clock).RunAsync(ExperimentFile.Of(study.Experiment, Path.GetFullPath(spec.Out)), options, progress(study.Name), cancellationToken)));
        }

        MethodTable[] tables = [.. runs.Where(r => r.Study.Table is not null).Select(r => MethodTable.Of(
            r.Run.Results, text => r.Run.Plan.Metrics.First(m => m.Text == text).Metric, r.Study.Table!.Value.Title, r.Study.Table.Value.Note, r.Study.Details, (explainer, metric) => published?.Find(r.Study.Name, explainer, metric, setting)))];
        MethodTimings? timings = await TimeAsync(spec, model, items, cancellationToken);
        GradEclipResult result = new(runs, tables, timings, studies.LeftOut, published?.Describe(setting) ?? NothingPublished);
        await WriteAsync(spec.Out, ReportFile, stream => GradEclipReport.WriteAsync(stream, result, spec, cancellationToken));
        if (timings is not null)
        {
            await WriteAsync(spec.Out, TimingsFile, stream => stream.WriteAsync(GradEclipJson.Timings(timings), cancellationToken).AsTask());
            await WriteAsync(spec.Out, TimesFile, stream => stream.WriteAsync(GradEclipReport.Times(timings), cancellationToken).AsTask());
        }

        await WriteAsync(spec.Out, TablesFile, stream => stream.WriteAsync(GradEclipJson.Tables(result), cancellationToken).AsTask());
        return result;
    }

    private async Task<(GradEclipStudies Studies, IReadOnlyList<DatasetItem> Items, PaperSetting Setting)> ReadAsync(GradEclipSpec spec, string source, IVisionLanguageModel model, CancellationToken cancellationToken)
    {
        DatasetLocator datasets = new(services);
        string data = datasets.Find(spec.Data, Directory.GetCurrentDirectory());
        IDatasetReader reader = datasets.Reader(data, spec.Reader);
        ExperimentProblems problems = new($"data set {spec.Data}");
        (IReadOnlyList<DatasetItem> items, IReadOnlyList<string> labels) = await ItemFilter.TakeAsync(
            new DatasetChoice { Path = data, Limit = spec.Limit, Split = spec.Split }, reader, new DatasetRequest(data), problems, cancellationToken);
        problems.ThrowIfAny();
        return (new GradEclipStudies(spec, source, data, items, labels, (model as IGraphModel)?.Layout(Modality.Image)), items, PaperSetting.Of(reader.Id, items, labels, model));
    }

    /// <summary>Times on the first image that has a text and can be read; null where there is none.</summary>
    private async Task<MethodTimings?> TimeAsync(GradEclipSpec spec, IVisionLanguageModel model, IReadOnlyList<DatasetItem> items, CancellationToken cancellationToken)
    {
        (DatasetItem? item, DecodedImage? pixels) = await FirstAsync(items, spec, cancellationToken);
        if (item is null || pixels is null) return null;
        MatchingScoreTarget target = new(await new EmbeddedTexts(model).GetAsync(Text(item)!, cancellationToken));
        List<(string, IExplainer)> explainers = [];
        foreach (string text in spec.Explainers.Count > 0 ? spec.Explainers : GradEclipSpec.PaperExplainers)
        {
            ChosenExplainer chosen = services.ChooseExplainer(text);
            if (chosen.Explainer.CanExplain(target)) explainers.Add((chosen.Text, chosen.Explainer));
        }

        return await MethodTimings.MeasureAsync(model, model.Prepare(pixels, ImagePreparation.Model) with { Name = item.Id }, target, explainers, clock, cancellationToken);
    }

    private static async Task<(DatasetItem? Item, DecodedImage? Pixels)> FirstAsync(IReadOnlyList<DatasetItem> items, GradEclipSpec spec, CancellationToken cancellationToken)
    {
        foreach (DatasetItem item in items.Where(i => Text(i) is not null))
        {
            try
            {
                return (item, await item.Image.LoadAsync(spec.ImageLimits, cancellationToken));
            }
            catch (PellucidException)
            {
                // Its units have failed, and say why.
            }
        }

        return (null, null);
    }

    private static string? Text(DatasetItem item) => item.Captions.Count > 0 ? item.Captions[0] : item.Regions.Count > 0 ? item.Regions[0].Name : item.Labels.Count > 0 ? item.Labels[0] : null;

    private static async Task WriteAsync(string folder, string name, Func<Stream, Task> write)
    {
        try
        {
            await AtomicFile.WriteAsync(Path.Combine(folder, name), write);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"results cannot be written to '{folder}': {e.Message}", e);
        }
    }
}
