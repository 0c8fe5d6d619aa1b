using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Mean drop of the score while squares are filled in the order of the map: the area over the perturbation curve (Samek et al. 2017, Evaluating the visualization of what a deep neural
/// network has learned, equation 12). Draw: <c>permutation</c> [squares], the order of <c>order=random</c>.
/// </summary>
/// <param name="options">Options.</param>
public sealed class RegionPerturbationMetric(RegionPerturbationOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = options.Order switch
        {
            PatchOrder.MostRelevant => MetricDirection.Higher,
            PatchOrder.LeastRelevant => MetricDirection.Lower,
            _ => MetricDirection.None,
        },
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = double.IsFinite(ItemScore.Range(options.Score).Minimum) ? -1 : double.NegativeInfinity,
        Maximum = ItemScore.Range(options.Score).Maximum,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        double[][] scores = await PatchRemoval.ScoreAsync(request, options, options.Order, options.Regions, cancellationToken);
        return [.. scores.Select(s =>
        {
            // The unchanged image counts with its drop of 0, as in the paper's sum from 0 to L.
            double[] drops = [0, .. Drops.Of(s)];
            return MetricResult.Of(drops.Average()) with { Curves = [Curves.Of($"{ItemScore.Name(options.Score)} drop", drops)] };
        })];
    }
}
