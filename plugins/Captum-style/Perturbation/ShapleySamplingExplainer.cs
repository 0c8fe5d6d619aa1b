using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// Shapley values by sampled orders (Castro, Gómez, Tejada 2009, "Polynomial calculation of the Shapley value based on sampling", section 3):
/// from the filled image, regions are shown in a random order; a region's value is the mean change of the score when it appears. The values
/// sum to F(image) - F(filled image), whatever the number of orders. Replays <c>permutations</c> [N, F], <c>feature-mask</c> and <c>baseline</c>.
/// </summary>
/// <example><c>--explainer "shapley-sampling(patch=32, permutations=50)" --seed 1</c></example>
/// <param name="options">Options.</param>
/// <param name="files">Reads masks that are images.</param>
public sealed class ShapleySamplingExplainer(ShapleySamplingOptions options, IImageReader files) : FeatureExplainer(options, files)
{
    private protected override async Task<double[][]> ValuesAsync(ExplanationRequest request, Coalitions coalitions, CancellationToken cancellationToken)
    {
        int features = coalitions.Mask.Count;
        int[][] orders = ReplayedDraws.FindRows(request, "permutations", features, features)
            ?? [.. Enumerable.Range(0, options.Permutations).Select(i => SeededRandom.Fork(request.Seed, (ulong)i).NextPermutation(features))];
        if (Array.Find(orders, o => o.Distinct().Count() != features) is { } wrong)
            throw new PellucidException($"a row of the stored tensor 'permutations' is {string.Join(' ', wrong)}, which names a region twice");
        double[][] values = [.. request.Targets.Select(_ => new double[features])];

        List<bool[]> shown = [];
        foreach (int[] order in orders)
        {
            bool[] on = new bool[features];
            shown.Add([.. on]);
            foreach (int f in order)
            {
                on[f] = true;
                shown.Add([.. on]);
            }
        }

        float[][] scores = await coalitions.EvaluateAsync(shown, cancellationToken);
        for (int i = 0; i < orders.Length; i++)
        {
            for (int step = 0; step < features; step++)
            {
                int at = (i * (features + 1)) + step;
                for (int k = 0; k < values.Length; k++) values[k][orders[i][step]] += ((double)scores[at + 1][k] - scores[at][k]) / orders.Length;
            }
        }

        return values;
    }
}
