using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Axiomatic;

/// <summary>Registers the metrics of axioms.</summary>
internal static class AxiomaticMetrics
{
    public static IServiceCollection AddAxiomaticMetrics(this IServiceCollection services) => services
        .AddMetric<CompletenessMetric, CompletenessOptions>(
            "completeness", "How far the attributions' sum is from the score difference to an empty image",
            "Sundararajan, Taly, Yan 2017, Axiomatic attribution for deep networks")
        .AddMetric<InputInvarianceMetric, InputInvarianceOptions>(
            "input-invariance", "Whether the map stays when a constant is added to the image and taken off inside the model",
            "Kindermans et al. 2019, The (un)reliability of saliency methods")
        .AddMetric<NonSensitivityMetric, NonSensitivityOptions>(
            "non-sensitivity", "Share of features with attribution but without influence, or the other way round",
            "Nguyen, Martinez 2020, On quantitative aspects of model interpretability");
}
