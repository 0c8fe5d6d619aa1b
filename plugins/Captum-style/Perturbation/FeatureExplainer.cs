using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>What methods share that switch regions of the image on and off and give every element its region's value.</summary>
/// <param name="options">Options.</param>
public abstract class FeatureExplainer(FeatureOptions options) : PerturbationExplainer
{
    private protected sealed override async Task<PerturbationResult[]> AttributeAsync(ExplanationRequest request, PerturbedImages images, CancellationToken cancellationToken)
    {
        var coalitions = new Coalitions(request, images, options);
        return coalitions.Spread(await ValuesAsync(request, coalitions, cancellationToken));
    }

    /// <summary>Value of each region for each target, [K][F].</summary>
    private protected abstract Task<double[][]> ValuesAsync(ExplanationRequest request, Coalitions coalitions, CancellationToken cancellationToken);
}
