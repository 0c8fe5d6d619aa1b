using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;
using Pellucid.Plugins.Metrics.Text;

namespace Pellucid.Plugins.Metrics.Interactions;

/// <summary>Scores of what is left of image and text; images and texts of all items and steps share full batches.</summary>
internal static class InteractionSteps
{
    public static MetricTraits Traits(MetricDirection direction) => new()
    {
        Family = MetricFamily.Faithfulness,
        Direction = direction,
        Needs = MetricNeeds.Words | MetricNeeds.WordMaps | MetricNeeds.Evaluations,
    };

    /// <summary>Measures: mean height of the score over the shares of the players.</summary>
    /// <param name="request">The items.</param>
    /// <param name="options">Options.</param>
    /// <param name="left">From the players and how many are taken at a step, those that are left in the image and the text.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public static async Task<IReadOnlyList<MetricResult>> MeasureAsync(
        MetricRequest request, InteractionStepOptions options, Func<CellsAndWords, Func<int, IEnumerable<int>>> left, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        CellsAndWords[] players = [.. request.Items.Select(item => new CellsAndWords(item, options.Cells))];
        int[][] counts = [.. players.Select(p => Counts(p.Count, options.Steps))];
        HashSet<int>[][] present = [.. players.Select((p, i) =>
        {
            Func<int, IEnumerable<int>> at = left(p);
            return counts[i].Select(n => at(n).ToHashSet()).ToArray();
        })];
        HostTensor[][] images = [.. counts.Select(c => new HostTensor[c.Length])];
        await Evaluations.EmbedAsync(
            request,
            i =>
            {
                Fill fill = new(options.Fill, colors, request.Items[i]);
                int channels = (int)request.Items[i].Image.Pixels.Shape[1];
                return new ChangedImages(counts[i].Length, (step, image) => fill.Apply(image, players[i].Absent(present[i][step], channels)), Cumulative: false);
            },
            (i, step, embedding) => images[i][step] = HostTensor.Of(embedding.ToArray(), 1, embedding.Length), afterBatch: null, cancellationToken);
        int[][][] positions = [.. present.Select((steps, i) => steps
            .Select(s => new RankedWords(request.Items[i].Words!).Positions(s.Where(p => p >= players[i].Cells).Select(p => p - players[i].Cells))).ToArray())];
        double[][] scores = [.. counts.Select(c => new double[c.Length])];
        await ShortenedTexts.EmbedAsync(
            request, positions,
            async (item, step, text) => scores[item][step] = await ShortenedTexts.ScoreAsync(request, item, images[item][step], text, cancellationToken), cancellationToken);
        return [.. scores.Select((s, i) => Result(s, counts[i], players[i].Count))];
    }

    /// <summary>How many players are taken at each step, from none to all.</summary>
    private static int[] Counts(int players, int steps)
    {
        steps = Math.Min(steps, players);
        return [.. Enumerable.Range(0, steps + 1).Select(s => (int)((long)s * players / steps))];
    }

    private static MetricResult Result(double[] scores, int[] counts, int players)
    {
        MetricCurve curve = new("score", [.. counts.Select(c => (double)c / players)], scores);
        return MetricResult.OfOrUndefined(curve.Area, "a score is not finite: the embedding of an emptied image or text is zero") with { Curves = Array.TrueForAll(scores, double.IsFinite) ? [curve] : [] };
    }
}
