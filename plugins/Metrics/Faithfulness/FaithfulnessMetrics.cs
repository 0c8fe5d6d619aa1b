using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Registers the metrics of faithfulness.</summary>
internal static class FaithfulnessMetrics
{
    public static IServiceCollection AddFaithfulnessMetrics(this IServiceCollection services) => services
        .AddMetric<FaithfulnessCorrelationMetric, FaithfulnessCorrelationOptions>(
            "faithfulness-correlation", "Correlation of the attribution of random subsets with the score drop without them",
            "Bhatt, Weller, Moura 2020, Evaluating and aggregating feature-based model explanations")
        .AddMetric<FaithfulnessEstimateMetric, FaithfulnessEstimateOptions>(
            "faithfulness-estimate", "Correlation of the attribution of feature groups with the score drop without them",
            "Alvarez-Melis, Jaakkola 2018, Towards robust interpretability with self-explaining neural networks")
        .AddMetric<MonotonicityMetric, MonotonicityOptions>(
            "monotonicity", "Whether the score rises steadily while features are put onto an empty image",
            "Arya et al. 2019, One explanation does not fit all")
        .AddMetric<MonotonicityCorrelationMetric, MonotonicityCorrelationOptions>(
            "monotonicity-correlation", "Rank correlation of attributions with the spread of the score under random fillings",
            "Nguyen, Martinez 2020, On quantitative aspects of model interpretability")
        .AddMetric<PixelFlippingMetric, PixelFlippingOptions>(
            "pixel-flipping", "Area under the score while features are filled in the order of the map",
            "Bach et al. 2015, On pixel-wise explanations for non-linear classifier decisions by layer-wise relevance propagation");
}
