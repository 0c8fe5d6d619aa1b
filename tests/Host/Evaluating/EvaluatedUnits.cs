using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;

namespace Pellucid.Host.Tests.Evaluating;

/// <summary>Results of an experiment made by hand: a metric <c>m</c> on explainers and images.</summary>
internal sealed class EvaluatedUnits(IReadOnlyList<string> explainers) : IReportResults
{
    private readonly List<ReportUnit> _units = [];

    public string Name => "by hand";

    public ulong Seed => 5;

    public IReadOnlyList<string> Models => ["model"];

    public IReadOnlyList<DatasetItem> Items => [.. _units.Select(u => u.Item).DistinctBy(i => i.Id)];

    public IReadOnlyList<string> Explainers => explainers;

    public IReadOnlyList<string> Metrics => ["m"];

    public IReadOnlyList<ReportUnit> Units => _units;

    public List<ReportPool> Pooled { get; } = [];

    public IReadOnlyList<ReportPool> Pools => Pooled;

    public EvaluatedUnits Add(string explainer, string image, MetricResult? result, string target = "t", string? failure = null, string? file = null)
    {
        _units.Add(new ReportUnit
        {
            Key = $"{explainer}/{image}/{target}",
            Model = "model",
            Item = new DatasetItem { Id = image, Image = new FileImage(file ?? image), Location = new DatasetLocation("file") },
            Target = new ReportTarget(target, target, target, null, []),
            Explainer = explainer,
            Failure = failure,
            Metrics = result is null ? new Dictionary<string, MetricResult>(StringComparer.Ordinal) : new Dictionary<string, MetricResult>(StringComparer.Ordinal) { ["m"] = result },
        });
        return this;
    }

    public EvaluatedUnits Add(string explainer, params double[] values)
    {
        for (int i = 0; i < values.Length; i++) Add(explainer, $"image {i:D3}", MetricResult.Of(values[i]));
        return this;
    }

    public Task<DecodedImage> LoadImageAsync(DatasetItem item, CancellationToken cancellationToken = default) => throw new InvalidOperationException("no image is needed");

    public Task<HostTensor?> LoadMapAsync(ReportUnit unit, CancellationToken cancellationToken = default) => throw new InvalidOperationException("no map is needed");

    public Task<HostTensor?> LoadImageMapAsync(ReportUnit unit, CancellationToken cancellationToken = default) => throw new InvalidOperationException("no map is needed");

    public Task<IReadOnlyList<ReportWordMap>> LoadWordMapsAsync(ReportUnit unit, CancellationToken cancellationToken = default) => throw new InvalidOperationException("no maps are needed");
}
