using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// Kernel SHAP (Lundberg, Lee 2017, "A unified approach to interpreting model predictions", section 4.1, theorem 2), as Captum computes it:
/// weighted least squares with intercept of the score on sampled choices of regions. The Shapley kernel sits in how the choices are drawn
/// (sizes s with probability proportional to (F - 1) / (s (F - s)), then s regions at random), so their weights are 1; the full and the empty
/// choice, which the kernel makes constraints, have weight 1e6. Replays <c>samples</c> [N, F] (0 or 1), <c>feature-mask</c> and <c>baseline</c>.
/// </summary>
/// <example><c>--explainer "kernel-shap(patch=32, samples=1000)" --seed 1</c></example>
/// <param name="options">Options.</param>
/// <param name="files">Reads masks that are images.</param>
public sealed class KernelShapExplainer(KernelShapOptions options, IImageReader files) : FeatureExplainer(options, files)
{
    private const double ConstraintWeight = 1e6;

    private protected override async Task<double[][]> ValuesAsync(ExplanationRequest request, Coalitions coalitions, CancellationToken cancellationToken)
    {
        int features = coalitions.Mask.Count;
        bool[][] shown = RegionSamples.Replayed(request, features) ?? Draw(request.Seed, features);
        float[][] scores = await coalitions.EvaluateAsync(shown, cancellationToken);
        var regression = new WeightedLeastSquares(shown, [.. shown.Select(s => s.Contains(true) && s.Contains(false) ? 1 : ConstraintWeight)]);
        return regression.Solve(scores, cancellationToken);
    }

    private bool[][] Draw(ulong seed, int features)
    {
        double[] cumulative = new double[Math.Max(features - 1, 1)];
        for (int size = 1; size < features; size++) cumulative[size - 1] = ((features - 1.0) / ((double)size * (features - size))) + (size > 1 ? cumulative[size - 2] : 0);
        bool[][] shown = new bool[options.Samples][];
        shown[0] = Enumerable.Repeat(true, features).ToArray();
        shown[1] = new bool[features];
        for (int i = 2; i < shown.Length; i++)
        {
            var random = SeededRandom.Fork(seed, (ulong)i);
            double u = random.NextUniform() * cumulative[^1];
            int size = features == 1 ? i % 2 : 1 + Math.Min(cumulative.Count(c => u >= c), features - 2);
            shown[i] = new bool[features];
            foreach (int f in random.NextPermutation(features).Take(size)) shown[i][f] = true;
        }

        return shown;
    }
}
