using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>What methods share that switch regions of the image on and off and give every element its region's value.</summary>
/// <param name="options">Options.</param>
/// <param name="files">Reads masks that are images.</param>
public abstract class FeatureExplainer(FeatureOptions options, IImageReader files) : PerturbationExplainer
{
    private protected sealed override async Task<PerturbationResult[]> AttributeAsync(ExplanationRequest request, PerturbedImages images, CancellationToken cancellationToken)
    {
        var coalitions = new Coalitions(request, images, FeatureMask.Of(request, options, files, cancellationToken), options.Fill);
        return coalitions.Spread(await ValuesAsync(request, coalitions, cancellationToken));
    }

    /// <summary>Value of each region for each target, [K][F].</summary>
    private protected abstract Task<double[][]> ValuesAsync(ExplanationRequest request, Coalitions coalitions, CancellationToken cancellationToken);
}
