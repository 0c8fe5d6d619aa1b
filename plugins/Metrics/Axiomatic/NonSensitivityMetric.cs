using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Axiomatic;

/// <summary>
/// Share of the features whose attribution is zero although the score depends on them, or the other way round (Nguyen, Martinez 2020, On quantitative aspects of model interpretability, section 4.1). Features
/// are filled in groups of one kind, in the order of their places; a group's change counts for each of its features.
/// </summary>
/// <param name="options">Options.</param>
public sealed class NonSensitivityMetric(NonSensitivityOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Axiomatic,
        Direction = MetricDirection.Lower,
        Needs = MetricNeeds.Map | ItemScore.Needs(options.Score),
        Minimum = 0,
        Maximum = options.Count ? double.PositiveInfinity : 1,
        BatchDependence = MapScaling.Dependence(options.Normalize),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, options.Features, options.Abs, options.Normalize);
        int[][][] groups = [.. features.Select(f => Enumerable.Range(0, f.Count).GroupBy(k => f.Values[k] < options.Epsilon).SelectMany(g => g.Chunk(options.Step)).ToArray())];
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        double[][] scores = await Evaluations.ScoreAsync(
            request, options.Score, i => ChangedImages.RemovingEach(features[i], groups[i], new Fill(options.Fill, colors, request.Items[i])), cancellationToken);
        return [.. scores.Select((s, i) =>
        {
            int wrong = 0;
            for (int g = 0; g < groups[i].Length; g++)
            {
                bool without = features[i].Values[groups[i][g][0]] < options.Epsilon, insensitive = Math.Abs(s[0] - s[g + 1]) < options.Epsilon;
                if (without != insensitive) wrong += groups[i][g].Length;
            }

            return MetricResult.Of(options.Count ? wrong : (double)wrong / features[i].Count);
        })];
    }
}
