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
    private readonly IReadOnlyDictionary<string, KeptUnit> _kept;
    private readonly IArtifactStore _artifacts;
    private readonly ImageLimits _limits;

    private ExperimentResults(ExperimentPlan plan, IReadOnlyDictionary<string, KeptUnit> kept, IReadOnlyList<ReportUnit> units, IReadOnlyList<ReportPool> pools, IArtifactStore artifacts, ImageLimits limits)
    {
        Name = plan.Experiment.Name;
        Seed = plan.Experiment.Seed;
        Models = [.. plan.Models.Select(m => m.Id)];
        Items = [.. plan.Items.Select(i => i.Item)];
        Explainers = [.. plan.Explainers.Select(e => e.Chosen.Text)];
        Metrics = [.. plan.Metrics.Select(m => m.Text)];
        Units = units;
        Pools = pools;
        _kept = kept;
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

    /// <summary>What is held of a unit beside its numbers; null where it failed.</summary>
    internal KeptUnit? Kept(ReportUnit unit) => _kept.GetValueOrDefault(unit.Key);

    /// <inheritdoc/>
    public Task<DecodedImage> LoadImageAsync(DatasetItem item, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Image.LoadAsync(_limits, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<HostTensor?> LoadMapAsync(ReportUnit unit, CancellationToken cancellationToken = default) =>
        Kept(unit) is { Map: { } map } ? await _artifacts.LoadAsync(map.Artifact, cancellationToken) : null;

    /// <inheritdoc/>
    public async Task<HostTensor?> LoadImageMapAsync(ReportUnit unit, CancellationToken cancellationToken = default) =>
        Kept(unit) is { Map: { } map } && await LoadMapAsync(unit, cancellationToken) is { } tensor ? MapProjection.ToSource(tensor, map.Geometry, map.Upsampling) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ReportWordMap>> LoadWordMapsAsync(ReportUnit unit, CancellationToken cancellationToken = default)
    {
        if (Kept(unit) is not { Map: { WordMaps: { } artifact } map, Words: { } json }) return [];
        HostTensor all = await _artifacts.LoadAsync(artifact, cancellationToken);
        IReadOnlyList<StoredWords.Word> words = StoredJson.Read<StoredWords>(json).Words;
        int height = (int)all.Shape[1], width = (int)all.Shape[2];
        return [.. words.Select((word, w) => new ReportWordMap(
            word.Text, MapProjection.ToSource(HostTensor.Of(all.Floats.Slice(w * height * width, height * width).ToArray(), height, width), map.Geometry, map.Upsampling)))];
    }

    /// <summary>Reads the results of a plan.</summary>
    internal static async Task<ExperimentResults> ReadAsync(ExperimentPlan plan, Workspace workspace, ExperimentRunOptions options, CancellationToken cancellationToken)
    {
        ResultReader reader = new(plan, workspace);
        ReportUnit[] units = await reader.ReadAsync(cancellationToken);
        IReadOnlyList<ReportPool> pools = reader.Pool(units);
        return new ExperimentResults(plan, reader.Kept, units, pools, workspace.Artifacts, options.ImageLimits);
    }
}
