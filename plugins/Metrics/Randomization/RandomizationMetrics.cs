using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>Registers the metrics of randomization.</summary>
internal static class RandomizationMetrics
{
    private const string FreshLook = "Hedström et al. 2024, A fresh look at sanity checks for saliency maps";

    public static IServiceCollection AddRandomizationMetrics(this IServiceCollection services) => services
        .AddMetric<MprtMetric, MprtOptions>("mprt", "Similarity of the map with maps of the model with randomized layers", "Adebayo et al. 2018, Sanity checks for saliency maps")
        .AddMetric<EfficientMprtMetric, EfficientMprtOptions>("efficient-mprt", "Rise of the map's complexity when all layers are randomized", FreshLook)
        .AddMetric<SmoothMprtMetric, SmoothMprtOptions>("smooth-mprt", "Similarity of denoised maps of the model and of the model with randomized layers", FreshLook)
        .AddMetric<RandomLogitMetric, RandomLogitOptions>("random-logit", "Similarity of the map with the map of another candidate text", "Sixt, Granz, Landgraf 2020, When explanations lie");
}
