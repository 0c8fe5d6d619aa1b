using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Text;

/// <summary>Scores of images with texts that lack words; texts of all items and steps share full batches.</summary>
internal static class ShortenedTexts
{
    public static MetricTraits Traits(MetricDirection direction) => new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = direction,
        Needs = MetricNeeds.Words | MetricNeeds.Evaluations,
    };

    public static string? Refusal(MetricRequest request) => request.Items.All(i => i.Target is MatchingScoreTarget)
        ? null
        : "it removes words from the text of the target, and the target is no score with one text";

    /// <summary>Measures: mean height of the score over the steps.</summary>
    /// <param name="request">The items.</param>
    /// <param name="keep">Words that are kept at each step.</param>
    /// <param name="places">Where the steps lie on the curve.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<MetricResult>> MeasureAsync(
        MetricRequest request, Func<RankedWords, int[][]> keep, IReadOnlyList<double> places, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        HostTensor[] images = new HostTensor[request.Items.Count];
        await Evaluations.EmbedAsync(
            request, _ => new ChangedImages(1, (_, _) => { }, Cumulative: true),
            (i, _, embedding) => images[i] = HostTensor.Of(embedding.ToArray(), 1, embedding.Length), afterBatch: null, cancellationToken);
        int[][][] positions = [.. request.Items.Select(item =>
        {
            RankedWords words = new(item.Words!);
            return words.Count == 0 ? [] : keep(words).Select(k => words.Positions(k)).ToArray();
        })];
        double[][] scores = [.. positions.Select(p => new double[p.Length])];
        await EmbedAsync(request, positions, async (item, step, embedding) => scores[item][step] = await ScoreAsync(request, item, images[item], embedding, cancellationToken), cancellationToken);
        return [.. scores.Select((s, i) => Result(s, positions[i], places))];
    }

    /// <summary>Embeds texts of which some positions are left, in full batches across items and steps.</summary>
    /// <param name="request">The items.</param>
    /// <param name="positions">By item and step, the positions that are left.</param>
    /// <param name="receive">Gets item, step and embedding [E] of each.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task EmbedAsync(MetricRequest request, int[][][] positions, Func<int, int, HostTensor, Task> receive, CancellationToken cancellationToken)
    {
        (int Item, int Step)[] all = [.. positions.SelectMany((p, i) => p.Select((_, s) => (i, s)))];
        // Texts may differ in length where models pad to the longest of a batch.
        foreach (IGrouping<int, (int Item, int Step)> length in all.GroupBy(t => request.Items[t.Item].Words!.Tokens.Ids.Count))
        {
            foreach ((int Item, int Step)[] batch in length.Chunk(request.BatchSize))
            {
                long[] ids = [.. batch.SelectMany(t => new RankedWords(request.Items[t.Item].Words!).Ids(positions[t.Item][t.Step]))];
                HostTensor texts = await request.Model.EmbedTextsAsync(HostTensor.Of(ids, batch.Length, length.Key), cancellationToken);
                for (int row = 0; row < batch.Length; row++) await receive(batch[row].Item, batch[row].Step, texts.Rows(row, 1).Reshape(-1));
            }
        }
    }

    /// <summary>Score of an image embedding [1, E] with a text embedding in the place of the target's own.</summary>
    public static async Task<double> ScoreAsync(MetricRequest request, int item, HostTensor image, HostTensor text, CancellationToken cancellationToken)
    {
        var target = (MatchingScoreTarget)request.Items[item].Target;
        ExplanationTarget shortened = target with { Text = target.Text with { Embedding = text } };
        return (await request.Model.EvaluateEmbeddingsAsync(image, [shortened], cancellationToken)).Floats[0];
    }

    private static MetricResult Result(double[] scores, int[][] positions, IReadOnlyList<double> places)
    {
        if (scores.Length == 0) return MetricResult.Undefined("the text has no words");
        MetricCurve curve = new("score", places, scores);
        return MetricResult.Of(curve.Area) with
        {
            Curves = [curve, .. positions.Select((p, s) => new MetricCurve($"kept positions, step {s}", [.. p.Select((_, k) => (double)k)], [.. p.Select(v => (double)v)]))],
        };
    }
}
