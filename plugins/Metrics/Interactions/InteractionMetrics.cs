using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Interactions;

/// <summary>Registers the metrics of interactions between words and regions.</summary>
internal static class InteractionMetrics
{
    private const string Fixlip = "Baniecki et al. 2025, Explaining similarity in vision-language encoders with weighted Banzhaf interactions (FIxLIP)";

    public static IServiceCollection AddInteractionMetrics(this IServiceCollection services) => services
        .AddMetric<InteractionDeletionMetric, InteractionStepOptions>(
            "interaction-deletion", "Mean score while cells of the image and words are removed, those first that interact most", Fixlip)
        .AddMetric<InteractionInsertionMetric, InteractionStepOptions>(
            "interaction-insertion", "Mean score while cells of the image and words come back, those first that interact most", Fixlip);
}
