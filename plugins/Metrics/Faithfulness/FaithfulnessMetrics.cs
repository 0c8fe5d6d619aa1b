using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Registers the metrics of faithfulness.</summary>
internal static class FaithfulnessMetrics
{
    public static IServiceCollection AddFaithfulnessMetrics(this IServiceCollection services) => services
        .AddMetric<PixelFlippingMetric, PixelFlippingOptions>(
            "pixel-flipping", "Area under the score while features are filled in the order of the map",
            "Bach et al. 2015, On pixel-wise explanations for non-linear classifier decisions by layer-wise relevance propagation");
}
