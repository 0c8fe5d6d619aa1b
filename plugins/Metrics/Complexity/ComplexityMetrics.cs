using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Complexity;

/// <summary>Registers the metrics of complexity.</summary>
internal static class ComplexityMetrics
{
    public static IServiceCollection AddComplexityMetrics(this IServiceCollection services) => services
        .AddMetric<ComplexityMetric, NoOptions>(
            "complexity", "Entropy of the map's absolute values", "Bhatt, Weller, Moura 2020, Evaluating and aggregating feature-based model explanations")
        .AddMetric<EffectiveComplexityMetric, EffectiveComplexityOptions>(
            "effective-complexity", "Number of values that are not near zero", "Nguyen, Martínez 2020, On quantitative aspects of model interpretability")
        .AddMetric<MstComplexityMetric, MstComplexityOptions>(
            "mst-complexity", "How compact and coherent the salient pixels lie", "Mesgari et al. 2026, Structural compactness as a complementary criterion for explanation quality")
        .AddMetric<SparsenessMetric, SparsenessOptions>(
            "sparseness", "Gini index of the map's absolute values", "Chalasani et al. 2020, Concise explanations of neural networks using adversarial training");
}
