using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>
/// Similarity of the map for the target with the map for another candidate text, drawn at random (Sixt, Granz, Landgraf 2020, When explanations lie, section 4.2). In [-1, 1], lower is better:
/// a map should depend on what is explained. Undefined where a map is constant and correlations are taken. Draw: <c>other</c> [1], place of the other text in the list without the target's.
/// </summary>
/// <param name="options">Options.</param>
public sealed class RandomLogitMetric(RandomLogitOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Randomization,
        Direction = MetricDirection.Lower,
        Needs = MetricNeeds.Map | MetricNeeds.Explainer | MetricNeeds.Candidates,
        Minimum = -1,
        Maximum = 1,
        BatchDependence = MapScaling.Dependence(options.Normalize),
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ExplanationTarget?[] others = [.. request.Items.Select(Other)];
        MetricRequest usable = request with { Items = [.. request.Items.Where((_, i) => others[i] is not null)] };
        ExplanationTarget[] targets = [.. others.OfType<ExplanationTarget>()];
        float[][] own = MapComparison.Scaled(MapComparison.Own(usable), options);
        float[][] maps = MapComparison.Scaled(
            await MapComparison.ExplainAsync(usable, usable.Items.Select((item, k) => MapComparison.Of(item with { Target = targets[k] }, request.Model)), cancellationToken), options);
        int next = 0;
        return [.. others.Select(o => o is null
            ? MetricResult.NotApplicable("the target is no choice among several candidate texts")
            : MetricResult.OfOrUndefined(MapComparison.Similarity(options.Similarity, own[next], maps[next], usable.Items[next++].Map!.Shape), MapComparison.Constant))];
    }

    private static ExplanationTarget? Other(MeasuredItem item)
    {
        int count = item.Candidates!.Count;
        if (count < 2) return null;
        int place = item.Draws?.GetValueOrDefault("other") is { } stored ? (int)stored.ToFloat32().Floats[0] : SeededRandom.Fork(item.Seed, 0x106).NextInt(count - 1);
        if (place < 0 || place > count - 2) throw new PellucidException($"the other text to replay is number {place} of the {count - 1} without the target's");
        int other = place < item.CandidateIndex ? place : place + 1;
        return item.Target switch
        {
            MatchingScoreTarget target when item.Candidates.Texts.Count == count => target with { Text = item.Candidates.Texts[other] },
            ClassScoreTarget target when target.Prompts.Classes.Count == count => target with { Class = other },
            _ => null,
        };
    }
}
