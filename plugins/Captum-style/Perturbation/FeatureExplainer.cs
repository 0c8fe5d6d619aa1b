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
    /// <summary>Each coalition lists all regions, and some methods make a coalition a region.</summary>
    private const int MostRegions = 10_000;

    private protected sealed override async Task<PerturbationResult[]> AttributeAsync(ExplanationRequest request, PerturbedImages images, CancellationToken cancellationToken)
    {
        FeatureMask mask = FeatureMask.Of(request, options, files, cancellationToken);
        if (mask.Count > MostRegions)
            throw new PellucidException($"there are {mask.Count} regions, and at most {MostRegions} can be switched on and off: set a larger patch, or save the mask without compression or smoothed edges (.npy, PNG)");
        var coalitions = new Coalitions(request, images, mask, options.Fill);
        return coalitions.Spread(await ValuesAsync(request, coalitions, cancellationToken));
    }

    /// <summary>Value of each region for each target, [K][F].</summary>
    private protected abstract Task<double[][]> ValuesAsync(ExplanationRequest request, Coalitions coalitions, CancellationToken cancellationToken);
}
