using Pellucid.Graphs;

namespace Pellucid.Abstractions.Metrics;

/// <summary>
/// A measure of explanations. Its constructor takes its options record and any service; register it with <c>AddMetric</c>.
/// Stateless and safe for concurrent use. Call it through <see cref="MetricMeasurement"/>, which checks items and results.
/// </summary>
public interface IMetric
{
    /// <summary>What it is.</summary>
    MetricTraits Traits { get; }

    /// <summary>
    /// Why it cannot measure explanations of such a model and explainer, or null where it can; asked before any work starts. What
    /// <see cref="MetricTraits.Needs"/> says is checked without it.
    /// </summary>
    string? Refusal(MetricRequest request) => null;

    /// <summary>Measures all items of a request.</summary>
    /// <param name="request">Usable items, at least one: each has what <see cref="MetricTraits.Needs"/> says, in fitting sizes, finite.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>One result for each item, in order.</returns>
    /// <exception cref="PellucidException">The request as a whole does not fit. What is wrong with one item is its result.</exception>
    Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default);
}
