using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>
/// Gradient SHAP (Lundberg and Lee 2017, "A unified approach to interpreting model predictions"; the estimator of Erion et al. 2021,
/// "Improving performance of deep learning models with axiomatic attribution priors and expected gradients", eq. 3, with noise): the mean over
/// samples k of (x + e_k - b_k) times the gradient at c_k (x + e_k) + (1 - c_k) b_k, with noise e_k, baseline b_k, and c_k uniform in [0, 1].
/// Details: <c>convergence_delta</c> [samples], of each sample its sum minus (F(x + e_k) - F(b_k)). Draws that can be replayed, all or
/// none: <c>gradient-shap.noise</c> [samples, C, H, W] (scaled already), <c>.baselines</c> [M, C, H, W], <c>.baseline-index</c> int64 [samples],
/// <c>.coefficient</c> [samples].
/// </summary>
/// <example><c>--explainer "gradient-shap(samples=100, baselines=[black, white, blur])"</c></example>
/// <param name="options">Options.</param>
public sealed class GradientShapExplainer(GradientShapOptions options) : ILinearExplainer
{
    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.VectorJacobianProduct;

    /// <inheritdoc/>
    public bool IsLinearInTarget => true;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default)
    {
        IPathSamples samples = ReplayedPathSamples.Of(request, "gradient-shap.", options.Samples, noise: true) ?? (IPathSamples)Drawn(request);
        return SampledPaths.ExplainAsync(request, samples, options.Samples, cancellationToken);
    }

    private DrawnPathSamples Drawn(ExplanationRequest request)
    {
        float[]?[] baselines = [.. options.Baselines.Select(b => b == Baseline.Random ? null : Baseline.Of(request, b, options.Blur, new SeededRandom(request.Seed)))];
        return new DrawnPathSamples(request, baselines.Length, number => baselines[number], options.Stdev);
    }
}
