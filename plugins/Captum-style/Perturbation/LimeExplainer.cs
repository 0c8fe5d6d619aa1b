using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>
/// LIME (Ribeiro, Singh, Guestrin 2016, "Why should I trust you?", section 3, equations 1 and 2): a linear model with intercept of the score on
/// random choices of regions, each region shown with probability 1/2, weighted by how near the changed image is to the image. Fitted by
/// weighted least squares or by a lasso, (1/2) mean weighted squared residual + alpha |b|_1. Replays <c>samples</c> [N, F] (0 or 1),
/// <c>feature-mask</c> and <c>baseline</c>.
/// </summary>
/// <example><c>--explainer "lime(patch=32, regression=lasso, alpha=0.001)" --seed 1</c></example>
/// <param name="options">Options.</param>
/// <param name="files">Reads masks that are images.</param>
public sealed class LimeExplainer(LimeOptions options, IImageReader files) : FeatureExplainer(options, files)
{
    /// <inheritdoc/>
    public override bool IsLinearInTarget => options.Regression == LimeRegression.LeastSquares;

    private protected override string NothingFound =>
        options.Regression == LimeRegression.Lasso ? "the penalty leaves no region: set a smaller alpha" : base.NothingFound;

    private protected override async Task<double[][]> ValuesAsync(ExplanationRequest request, Coalitions coalitions, CancellationToken cancellationToken)
    {
        int features = coalitions.Mask.Count;
        bool[][] shown = RegionSamples.Replayed(request, features) ?? [.. Enumerable.Range(0, options.Samples).Select(i => Draw(SeededRandom.Fork(request.Seed, (ulong)i), features))];
        float[][] scores = await coalitions.EvaluateAsync(shown, cancellationToken);
        double[] weights = new double[shown.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            weights[i] = Weight(request.Image.Pixels.Floats, coalitions.Pixels(shown[i]));
        }

        var regression = new WeightedLeastSquares(shown, weights);
        return options.Regression == LimeRegression.Lasso ? regression.SolveLasso(scores, options.Alpha, cancellationToken) : regression.Solve(scores, cancellationToken);
    }

    private static bool[] Draw(SeededRandom random, int features) => [.. Enumerable.Range(0, features).Select(_ => random.NextInt(2) == 1)];

    private double Weight(ReadOnlySpan<float> image, ReadOnlySpan<float> changed)
    {
        double distance = options.Kernel == LimeKernel.Cosine ? 1 - Cosine(image, changed) : TensorPrimitives.Distance(image, changed);
        return Math.Exp(-distance * distance / (2 * options.Width * options.Width));
    }

    /// <summary>An image without any value has no direction: as far as a right angle.</summary>
    private static double Cosine(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double norms = (double)TensorPrimitives.Norm(a) * TensorPrimitives.Norm(b);
        return norms == 0 ? 0 : TensorPrimitives.Dot(a, b) / norms;
    }
}
