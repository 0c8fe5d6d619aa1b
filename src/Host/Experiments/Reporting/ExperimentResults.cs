using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Datasets;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Experiments.Storage;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>The results of a plan, read from its workspace. Maps are loaded from there, so it is of use as long as the folder is.</summary>
public sealed class ExperimentResults : IReportResults
{
    private readonly IReadOnlyDictionary<string, UnitResult> _stored;
    private readonly IArtifactStore _artifacts;
    private readonly ImageLimits _limits;

    private ExperimentResults(ExperimentPlan plan, IReadOnlyDictionary<string, UnitResult> stored, (IReadOnlyList<ReportUnit> Units, IReadOnlyList<ReportPool> Pools) found, IArtifactStore artifacts, ImageLimits limits)
    {
        Name = plan.Experiment.Name;
        Seed = plan.Experiment.Seed;
        Models = [.. plan.Models.Select(m => m.Id)];
        Items = [.. plan.Items.Select(i => i.Item)];
        Explainers = [.. plan.Explainers.Select(e => e.Chosen.Text)];
        Metrics = [.. plan.Metrics.Select(m => m.Text)];
        (Units, Pools) = found;
        _stored = stored;
        _artifacts = artifacts;
        _limits = limits;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public ulong Seed { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Models { get; }

    /// <inheritdoc/>
    public IReadOnlyList<DatasetItem> Items { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Explainers { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Metrics { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ReportUnit> Units { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ReportPool> Pools { get; }

    /// <summary>What is kept of a unit; null where it failed.</summary>
    public UnitResult? Stored(ReportUnit unit) => _stored.GetValueOrDefault(unit.Key);

    /// <inheritdoc/>
    public Task<DecodedImage> LoadImageAsync(DatasetItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Image.LoadAsync(_limits, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<HostTensor?> LoadMapAsync(ReportUnit unit, CancellationToken cancellationToken = default) =>
        Stored(unit) is { } result ? await _artifacts.LoadMapAsync(result, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<HostTensor?> LoadImageMapAsync(ReportUnit unit, CancellationToken cancellationToken = default) =>
        Stored(unit) is { Map: { } map } && await LoadMapAsync(unit, cancellationToken) is { } tensor ? MapProjection.ToSource(tensor, map.Geometry, map.Upsampling) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReportWordMap>> LoadWordMapsAsync(ReportUnit unit, CancellationToken cancellationToken = default)
    {
        if (Stored(unit) is not { Map: { WordMaps: { } artifact } map, Words: { } json }) return [];
        HostTensor all = await _artifacts.LoadAsync(artifact, cancellationToken);
        IReadOnlyList<StoredWords.Word> words = StoredJson.Read<StoredWords>(json).Words;
        int height = (int)all.Shape[1], width = (int)all.Shape[2];
        return [.. words.Select((word, w) => new ReportWordMap(
            word.Text, MapProjection.ToSource(HostTensor.Of(all.Floats.Slice(w * height * width, height * width).ToArray(), height, width), map.Geometry, map.Upsampling)))];
    }

    /// <summary>Reads the results of a plan.</summary>
    internal static async Task<ExperimentResults> ReadAsync(ExperimentPlan plan, Workspace workspace, ExperimentRunOptions options, CancellationToken cancellationToken)
    {
        string[] keys = [.. plan.Units.Select(u => u.Key)];
        IReadOnlyDictionary<string, UnitResult> stored = await workspace.Units.FindUnitsAsync(keys, cancellationToken);
        IReadOnlyDictionary<string, UnitFailure> failures = await workspace.Units.FindFailuresAsync([.. keys.Where(k => !stored.ContainsKey(k))], cancellationToken);
        ReportUnit[] units = [.. plan.Units.Select(u => Unit(u, stored.GetValueOrDefault(u.Key), failures.GetValueOrDefault(u.Key)))];
        var measured = await MeasuredUnits.ReadAsync(plan, units, stored, workspace, cancellationToken);
        return new ExperimentResults(plan, stored, measured, workspace.Artifacts, options.ImageLimits);
    }

    private static ReportUnit Unit(PlannedUnit unit, UnitResult? result, UnitFailure? failure) => new()
    {
        Key = unit.Key,
        Model = unit.Model.Id,
        Item = unit.Item.Item,
        Target = new ReportTarget(unit.Target.Identity, unit.Target.Description, unit.Target.Text, unit.Target.Label, unit.Target.RegionsOf(unit.Item.Item)),
        Explainer = unit.Explainer.Chosen.Text,
        Score = result?.Score,
        ExplainedScore = result?.ExplainedScore,
        ExplainedFunction = result?.ExplainedFunction,
        Signed = result?.Map?.Signed ?? false,
        Undefined = result?.Map?.Undefined,
        Numbers = result?.Numbers ?? new Dictionary<string, double>(StringComparer.Ordinal),
        Failure = result is null ? failure?.Message ?? "it was not computed" : null,
    };
}
