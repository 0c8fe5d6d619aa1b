using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>
/// DeepLIFT with the rescale rule (Shrikumar, Greenside, Kundaje 2017, "Learning important features through propagating activation differences",
/// section 3.5.2): image minus baseline, times the gradient in which every elementwise nonlinearity hands on the quotient of the differences of its
/// output and its input between image and baseline. For convolutional networks; attention, layer norm and products of activations have no
/// rule. Attributions sum to F(x) - F(baseline) where max pools and the score are linear between the two; how far they are from it is given with every map:
/// <c>convergence_delta</c> = sum - (F(x) - F(baseline)), of the multiplied attributions also where <c>multiply=false</c>. The normalization in the cosine
/// is differentiated as usual. Draw that can be replayed: <c>baseline</c> [1, C, H, W] or [C].
/// </summary>
/// <example><c>--explainer "deep-lift(baseline=blur)"</c></example>
/// <param name="options">Options.</param>
/// <param name="runner">Runs graphs.</param>
/// <param name="images">Reads the baseline where it is a file.</param>
public sealed class DeepLiftExplainer(DeepLiftOptions options, IGraphRunner runner, IImageReader images) : ILinearExplainer
{
    private readonly DeepLift _method = new(options, runner, images);

    /// <inheritdoc/>
    public ModelCapabilities Requires => ModelCapabilities.Graph;

    /// <inheritdoc/>
    public bool IsLinearInTarget => true;

    /// <inheritdoc/>
    public bool CanExplain(ExplanationTarget target) => Attribution.IsKnown(target);

    /// <inheritdoc/>
    public Task<IReadOnlyList<Explanation>> ExplainAsync(ExplanationRequest request, CancellationToken cancellationToken = default) => _method.ExplainAsync(
        request, null, (result, _) => Attribution.Signed(request.Image.Pixels, result.Target, result.Score, result.Elements, result.Nothing, result.Details()), cancellationToken);
}
