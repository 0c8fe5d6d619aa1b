using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;

namespace Pellucid.Host.Tests.Evaluating;

/// <summary>A pooled metric: summed numerators by summed denominators.</summary>
internal sealed class RatioMetric : IPooledMetric
{
    public MetricTraits Traits { get; } = new() { Family = MetricFamily.Localization, Direction = MetricDirection.Higher, Needs = MetricNeeds.None };

    public static MetricResult Counts(float part, float whole) => MetricResult.Pooled(new Dictionary<string, HostTensor>(StringComparer.Ordinal) { ["counts"] = HostTensor.Of([part, whole], new TensorShape(2)) });

    public IMetricPool CreatePool() => new Pool();

    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) => throw new InvalidOperationException("results are made by hand");

    private sealed class Pool : IMetricPool
    {
        private double _part, _whole;

        public void Add(MetricResult item)
        {
            _part += item.State["counts"].Floats[0];
            _whole += item.State["counts"].Floats[1];
        }

        public PooledResult Finish() => new(MetricResult.OfOrUndefined(_part / _whole, "nothing was counted"));
    }
}
