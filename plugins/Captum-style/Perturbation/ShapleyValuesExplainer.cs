using System.Numerics;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// Exact Shapley values (Shapley 1953, "A value for n-person games") of regions: the mean over all orders of the score change when a region
/// appears, computed as the sum over all sets S without the region of |S|! (F - |S| - 1)! / F! (F(S with it) - F(S)). Takes 2^F evaluations, so at
/// most 16 regions. Replays <c>feature-mask</c> and <c>baseline</c>.
/// </summary>
/// <example><c>--explainer "shapley-values(patch=112)"</c></example>
/// <param name="options">Options.</param>
/// <param name="files">Reads masks that are images.</param>
public sealed class ShapleyValuesExplainer(ShapleyValuesOptions options, IImageReader files) : FeatureExplainer(options, files)
{
    private const int MaxFeatures = 16;

    private protected override async Task<double[][]> ValuesAsync(ExplanationRequest request, Coalitions coalitions, CancellationToken cancellationToken)
    {
        int features = coalitions.Mask.Count;
        if (features > MaxFeatures)
            throw new PellucidException($"{features} regions would take 2^{features} model evaluations; exact Shapley values take at most {MaxFeatures} regions: set a larger patch or fewer segments, or use shapley-sampling");
        float[][] scores = await coalitions.EvaluateAsync(
            [.. Enumerable.Range(0, 1 << features).Select(set => Enumerable.Range(0, features).Select(f => (set >> f & 1) == 1).ToArray())], cancellationToken);
        double[] weights = new double[features];
        weights[0] = 1.0 / features;
        for (int size = 1; size < features; size++) weights[size] = weights[size - 1] * size / (features - size);
        double[][] values = [.. request.Targets.Select(_ => new double[features])];
        for (int set = 0; set < 1 << features; set++)
        {
            for (int f = 0; f < features; f++)
            {
                if ((set >> f & 1) == 1) continue;
                double weight = weights[BitOperations.PopCount((uint)set)];
                for (int k = 0; k < values.Length; k++) values[k][f] += weight * ((double)scores[set | (1 << f)][k] - scores[set][k]);
            }
        }

        return values;
    }
}
