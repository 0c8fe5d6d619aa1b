using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Sufficiency with images compared within batches only: an estimate of <see cref="SufficiencyMetric"/> in constant memory (Dasgupta, Frost, Moshkovitz 2022, section 3).
/// </summary>
/// <param name="options">Options.</param>
public sealed class BatchSufficiencyMetric(BatchSufficiencyOptions options) : IPooledMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits => SufficiencyState.Traits;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) =>
        SufficiencyState.OfAsync(request, options.Abs, cancellationToken);

    /// <inheritdoc/>
    public IMetricPool CreatePool() => new SufficiencyPool(options, options.Batch);
}
