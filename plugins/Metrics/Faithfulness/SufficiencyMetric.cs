using Pellucid.Abstractions.Metrics;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Share of the images with a similar map that the model puts into the same class, over all images of the data set (Dasgupta, Frost, Moshkovitz 2022, Framework for evaluating
/// faithfulness of local explanations, section 3). Distances are standardized Euclidean; maps of one image, for several targets, are not compared with each other.
/// </summary>
/// <param name="options">Options.</param>
public sealed class SufficiencyMetric(SufficiencyOptions options) : IPooledMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits => SufficiencyState.Traits;

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) =>
        SufficiencyState.OfAsync(request, options.Abs, cancellationToken);

    /// <inheritdoc/>
    public IMetricPool CreatePool() => new SufficiencyPool(options, int.MaxValue);
}
