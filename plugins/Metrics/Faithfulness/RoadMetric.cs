using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Remove and debias: mean score while growing shares of the pixels are replaced by what their neighbors suggest, with a little noise, so that the shape of the removed region tells the model
/// nothing (Rong et al. 2022, A consistent and efficient evaluation strategy for attribution methods, section 4). Draw: <c>noise</c>, for each percentage
/// [C, removed pixels in the order of removal], one after another.
/// </summary>
/// <param name="options">Options.</param>
public sealed class RoadMetric(RoadOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = options.Order == RemovalOrder.MostRelevant ? MetricDirection.Lower : MetricDirection.Higher,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = ItemScore.Range(options.Score).Minimum,
        Maximum = ItemScore.Range(options.Score).Maximum,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, FeatureKind.Pixels, options.Abs);
        double[][] scores = await Evaluations.ScoreAsync(request, options.Score, i => Plan(features[i]), cancellationToken);
        return [.. scores.Select(s =>
        {
            MetricCurve curve = new(ItemScore.Name(options.Score), [.. options.Percentages.Select(p => p / 100)], s);
            return MetricResult.Of(s.Average()) with { Curves = [curve] };
        })];
    }

    private ChangedImages Plan(Features features)
    {
        int[] order = features.Order(options.Order == RemovalOrder.MostRelevant);
        int[] counts = [.. options.Percentages.Select(p => (int)(features.Count * p / 100))];
        ImageShape shape = ImageShape.Of(features.Item.Image.Pixels);
        HostTensor? stored = features.Item.Draws?.GetValueOrDefault("noise");
        if (stored is not null && stored.Length != shape.Channels * counts.Sum())
            throw new PellucidException($"the noise to replay has {stored.Length} values; {shape.Channels * counts.Sum()} are needed");
        return new ChangedImages(
            counts.Length,
            (step, image) =>
            {
                int[] removed = order[..counts[step]];
                NeighborImputation.Fill(image, shape, removed);
                int start = shape.Channels * counts[..step].Sum();
                SeededRandom random = SeededRandom.Fork(features.Item.Seed, (ulong)step);
                for (int c = 0; c < shape.Channels; c++)
                {
                    for (int k = 0; k < removed.Length; k++)
                    {
                        double draw = stored is null ? random.NextNormal() : stored.Floats[start + (c * removed.Length) + k];
                        image[(c * shape.Area) + removed[k]] += (float)(options.Noise * draw);
                    }
                }
            },
            Cumulative: false);
    }
}
