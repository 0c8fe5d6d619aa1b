using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>
/// Expected gradients (Erion et al. 2021, "Improving performance of deep learning models with axiomatic attribution priors and expected gradients", eq. 3): integrated gradients
/// averaged over baselines b from a background set, both integrals by sampling: the mean over k of (x - b_k) times the gradient at c_k x + (1 - c_k) b_k, with
/// c_k uniform in [0, 1]. That is gradient SHAP without noise. Details: <c>convergence_delta</c> [samples], of each sample its sum minus (F(x) - F(b_k)). Draws that can be
/// replayed, all or none: <c>expected-gradients.baselines</c> [M, C, H, W], <c>.baseline-index</c> int64 [samples], <c>.coefficient</c> [samples].
/// </summary>
/// <example><c>--explainer "expected-gradients(background=[datasets/shapes/images], samples=200)"</c></example>
/// <param name="options">Options.</param>
/// <param name="images">Reads the background.</param>
public sealed class ExpectedGradientsExplainer(ExpectedGradientsOptions options, IImageReader images) : ILinearExplainer
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
        IPathSamples samples = ReplayedPathSamples.Of(request, "expected-gradients.", options.Samples, noise: false)
            ?? (IPathSamples)Drawn(request, cancellationToken);
        return SampledPaths.ExplainAsync(request, samples, options.Samples, cancellationToken);
    }

    private DrawnPathSamples Drawn(ExplanationRequest request, CancellationToken cancellationToken)
    {
        var background = new BackgroundSet(request, options, images, cancellationToken);
        return new DrawnPathSamples(request, background.Count, background.Of, 0);
    }
}
