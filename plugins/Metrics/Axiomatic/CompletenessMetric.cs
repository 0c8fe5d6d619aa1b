using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Axiomatic;

/// <summary>
/// How far the attributions' sum is from the score difference of image and empty image, as a share of that difference: 0 for a complete method (Sundararajan, Taly, Yan 2017, Axiomatic attribution
/// for deep networks, section 3). Summed are the attributions of all values of the image where the explainer gives them, else the map.
/// </summary>
/// <param name="options">Options.</param>
public sealed class CompletenessMetric(CompletenessOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Axiomatic,
        Direction = options.Compat == Compatibility.Quantus ? MetricDirection.Higher : MetricDirection.Lower,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = 0,
        Maximum = options.Compat == Compatibility.Quantus ? 1 : double.PositiveInfinity,
        BatchDependence = MapScaling.Dependence(options.Normalize),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        // Quantus sums the map once for each channel.
        Features[] features = Features.Of(
            request, i => options.Compat == Compatibility.Quantus || i.Elements is not null ? FeatureKind.Elements : FeatureKind.Pixels, options.Abs, options.Normalize);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score,
            i => new ChangedImages(
                2,
                (step, image) =>
                {
                    if (step == 1) new Fill(options.Fill, colors, request.Items[i]).ApplyToAll(image);
                },
                Cumulative: true),
            cancellationToken);
        return [.. scores.Select((s, i) => Result(features[i].Values.Sum(v => (double)v), s[0] - s[1]))];
    }

    private MetricResult Result(double sum, double difference)
    {
        Dictionary<string, double> details = new(StringComparer.Ordinal) { ["sum of attributions"] = sum, ["score difference"] = difference };
        MetricResult result = options.Compat == Compatibility.Quantus
            ? MetricResult.Of((float)sum == (float)difference ? 1 : 0)
            : difference == 0 ? MetricResult.Undefined("image and empty image score the same: there is nothing to be complete about")
            : MetricResult.Of(Math.Abs(sum - difference) / Math.Abs(difference));
        return result with { Details = details };
    }
}
