using Pellucid.Abstractions.Metrics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Area under the score while squares are filled, most relevant first (Montavon, Samek, Müller 2018, Methods for interpreting and understanding deep neural networks, section 7.2).
/// </summary>
/// <param name="options">Options.</param>
public sealed class SelectivityMetric(SelectivityOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = MetricDirection.Lower,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = ItemScore.Range(options.Score).Minimum,
        Maximum = options.Area == AreaScale.Normalized ? ItemScore.Range(options.Score).Maximum : double.PositiveInfinity,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        double[][] scores = await PatchRemoval.ScoreAsync(request, options, PatchOrder.MostRelevant, int.MaxValue, cancellationToken);
        return [.. scores.Select(s =>
        {
            MetricCurve curve = Curves.Of(ItemScore.Name(options.Score), s);
            return MetricResult.Of(Curves.Area(curve, options.Area)) with { Curves = [curve] };
        })];
    }
}
