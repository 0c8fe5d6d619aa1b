using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Numerics;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>
/// Share of the steps at which the target is still the best candidate while pixels are made black (Chefer, Gur, Wolf 2021, Transformer interpretability beyond attention visualization, section 5,
/// "Perturbation tests"). Curves: <c>hit</c>, <c>target probability</c>, the change of the largest probability and of the largest logit, whichever candidate has it, and <c>dissimilarity</c>, the
/// logarithm of the target's probability over the second largest.
/// </summary>
/// <param name="options">Options.</param>
public sealed class PerturbationTestMetric(PerturbationTestOptions options) : IMetric
{
    /// <inheritdoc/>
    public MetricTraits Traits { get; } = new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = options.Order == RemovalOrder.MostRelevant ? MetricDirection.Lower : MetricDirection.Higher,
        Needs = MetricNeeds.Map | MetricNeeds.Evaluations | MetricNeeds.Candidates,
        Minimum = 0,
        Maximum = 1,
    };

    /// <inheritdoc/>
    public async Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        Features[] features = Features.Of(request, FeatureKind.Pixels, absolute: false);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        double[][][] logits = [.. features.Select(_ => new double[options.Steps.Count + 1][])];
        await Evaluations.EmbedAsync(
            request,
            i =>
            {
                int[] order = features[i].Order(options.Order == RemovalOrder.MostRelevant);
                int[][] removed = [.. options.Steps.Select(s => order[..(int)(features[i].Count * s)])];
                return ChangedImages.RemovingEach(features[i], removed, new Fill(options.Fill, colors, request.Items[i]));
            },
            (i, step, embedding) => logits[i][step] = request.Items[i].Candidates!.Logits(request.Model.Fusion, embedding),
            afterBatch: null, cancellationToken);
        return [.. logits.Select((l, i) => Result(l, request.Items[i].CandidateIndex))];
    }

    private MetricResult Result(double[][] logits, int own)
    {
        double[][] probabilities = [.. logits.Select(l => Softmax.Of<double>(l))];
        double[] hits = [.. logits.Skip(1).Select(l => CandidateTexts.Best(l) == own ? 1.0 : 0)];
        MetricCurve[] curves =
        [
            Along("hit", hits),
            Along("target probability", [.. probabilities.Skip(1).Select(p => p[own])]),
            Along("largest probability, change", [.. probabilities.Skip(1).Select(p => p.Max() - probabilities[0].Max())]),
            Along("largest logit, change", [.. logits.Skip(1).Select(l => l.Max() - logits[0].Max())]),
        ];
        // From logits: a probability may be too small for a number.
        if (logits[0].Length > 1) curves = [.. curves, Along("dissimilarity", [.. logits.Skip(1).Select(l => l[own] - l.OrderDescending().ElementAt(1))])];
        return MetricResult.Of(hits.Average()) with { Curves = curves };
    }

    private MetricCurve Along(string name, double[] values) => new(name, options.Steps, values);
}
