using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Reports;

/// <summary>What an experiment found, for reading. Pixels and maps are loaded when asked for.</summary>
public interface IReportResults
{
    /// <summary>Name of the experiment.</summary>
    string Name { get; }

    /// <summary>Seed of the experiment.</summary>
    ulong Seed { get; }

    /// <summary>Ids of the models, in order.</summary>
    IReadOnlyList<string> Models { get; }

    /// <summary>Images, in the data set's order.</summary>
    IReadOnlyList<DatasetItem> Items { get; }

    /// <summary>Explainers as canonical texts, in order.</summary>
    IReadOnlyList<string> Explainers { get; }

    /// <summary>Metrics as canonical texts, in order.</summary>
    IReadOnlyList<string> Metrics { get; }

    /// <summary>Units by model, item, explainer and target, in order; failed ones included.</summary>
    IReadOnlyList<ReportUnit> Units { get; }

    /// <summary>Results of metrics that belong to the whole data set, by model, explainer and metric, in order.</summary>
    IReadOnlyList<ReportPool> Pools { get; }

    /// <summary>The pixels of an image.</summary>
    /// <exception cref="PellucidException">The image cannot be read.</exception>
    Task<DecodedImage> LoadImageAsync(DatasetItem item, CancellationToken cancellationToken = default);

    /// <summary>The map of a unit at the method's own resolution, [h, w]; null where there is none.</summary>
    /// <exception cref="PellucidException">The map was damaged after the run.</exception>
    Task<HostTensor?> LoadMapAsync(ReportUnit unit, CancellationToken cancellationToken = default);

    /// <summary>The map of a unit at the size of its image, [H, W]; null where there is none.</summary>
    /// <exception cref="PellucidException">The map was damaged after the run.</exception>
    Task<HostTensor?> LoadImageMapAsync(ReportUnit unit, CancellationToken cancellationToken = default);

    /// <summary>The map of each word of the unit's text, in the order of the text; empty where the method gives none.</summary>
    /// <exception cref="PellucidException">The maps were damaged after the run.</exception>
    Task<IReadOnlyList<ReportWordMap>> LoadWordMapsAsync(ReportUnit unit, CancellationToken cancellationToken = default);
}
