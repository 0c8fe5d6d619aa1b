using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>A model that gives the gradient of a target with respect to the pixels.</summary>
public interface IDifferentiableModel : IVisionLanguageModel
{
    /// <summary>
    /// Values and pixel gradients of targets. One image with K targets, B images with one target, or B images with
    /// one target each.
    /// </summary>
    /// <param name="pixels">[B, C, H, W].</param>
    /// <param name="targets">K targets of one kind; B and K are equal, or one of them is 1.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>N = max(B, K) values and gradients.</returns>
    /// <exception cref="PellucidException">The counts do not fit, or the model cannot differentiate such a target.</exception>
    Task<TargetGradients> GradientsAsync(HostTensor pixels, IReadOnlyList<ExplanationTarget> targets, CancellationToken cancellationToken = default);
}
