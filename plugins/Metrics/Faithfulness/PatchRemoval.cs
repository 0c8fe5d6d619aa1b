using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Scores while squares of an image are filled one after another.</summary>
internal static class PatchRemoval
{
    /// <summary>Scores of each item: of the unchanged image, then after each square.</summary>
    public static Task<double[][]> ScoreAsync(MetricRequest request, PatchOptions options, PatchOrder order, int most, CancellationToken cancellationToken)
    {
        PixelColors? colors = Fill.ColorsFor(options.Fill, request.Model);
        return Evaluations.ScoreAsync(
            request, options.Score,
            i =>
            {
                MeasuredItem item = request.Items[i];
                int[][] squares = Squares(item, options, order, most);
                Fill fill = new(options.Fill, colors, item);
                return new ChangedImages(
                    squares.Length + 1,
                    (step, image) =>
                    {
                        if (step > 0) fill.Apply(image, squares[step - 1]);
                    },
                    Cumulative: true);
            },
            cancellationToken);
    }

    /// <summary>Places of the values of each square, in the order of filling.</summary>
    private static int[][] Squares(MeasuredItem item, PatchOptions options, PatchOrder order, int most)
    {
        Patches grid = new(item.Image, options.Patch);
        float[] map = item.Map!.Floats.ToArray();
        if (options.Abs) TensorPrimitives.Abs(map, map);
        if (options.Placement == PatchPlacement.Greedy)
            return [.. grid.Greedy(map, most, order == PatchOrder.MostRelevant).Select(p => grid.Elements(p.Top, p.Left))];
        double[] sums = [.. Enumerable.Range(0, grid.Count).Select(p => grid.Sum(map, p))];
        IEnumerable<int> patches = order switch
        {
            PatchOrder.Random => Permutation(item, grid.Count),
            PatchOrder.MostRelevant => Enumerable.Range(0, grid.Count).OrderByDescending(p => sums[p]),
            _ => Enumerable.Range(0, grid.Count).OrderBy(p => sums[p]),
        };
        return [.. patches.Take(most).Select(p => grid.Elements(p))];
    }

    private static int[] Permutation(MeasuredItem item, int count)
    {
        if (item.Draws?.GetValueOrDefault("permutation") is not { } stored) return SeededRandom.Fork(item.Seed, 0).NextPermutation(count);
        int[] order = [.. stored.ToFloat32().Floats.ToArray().Select(v => (int)v)];
        return order.Length == count && order.Order().SequenceEqual(Enumerable.Range(0, count))
            ? order
            : throw new PellucidException($"the permutation to replay is {stored.Shape}; each of the {count} squares once is needed");
    }
}
