using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Registers the metrics of robustness.</summary>
internal static class RobustnessMetrics
{
    private const string Agarwal = "Agarwal et al. 2022, Rethinking stability for attribution-based explanations";

    public static IServiceCollection AddRobustnessMetrics(this IServiceCollection services) => services
        .AddMetric<MaxSensitivityMetric, MaxSensitivityOptions>(
            "max-sensitivity", "Largest change of the explanation over small random changes of the image",
            "Yeh et al. 2019, On the (in)fidelity and sensitivity of explanations")
        .AddMetric<AvgSensitivityMetric, AvgSensitivityOptions>(
            "avg-sensitivity", "Mean change of the explanation over small random changes of the image",
            "Bhatt, Weller, Moura 2020, Evaluating and aggregating feature-based model explanations")
        .AddMetric<LocalLipschitzMetric, LocalLipschitzOptions>(
            "local-lipschitz", "Largest change of the explanation over the change of the image, for noisy images",
            "Alvarez-Melis, Jaakkola 2018, On the robustness of interpretability methods")
        .AddMetric<ContinuityMetric, ContinuityOptions>(
            "continuity", "Largest change of the explanation over the change of the image, for shifted images",
            "Montavon, Samek, Müller 2018, Methods for interpreting and understanding deep neural networks")
        .AddMetric<ConsistencyMetric, ConsistencyOptions>(
            "consistency", "Share of images with the same explanation that have the same prediction",
            "Dasgupta, Frost, Moshkovitz 2022, Framework for evaluating faithfulness of local explanations")
        .AddMetric<RelativeInputStabilityMetric, RelativeInputStabilityOptions>("relative-input-stability", "Relative change of the explanation over that of the image", Agarwal)
        .AddMetric<RelativeOutputStabilityMetric, RelativeOutputStabilityOptions>("relative-output-stability", "Relative change of the explanation over the change of the logits", Agarwal)
        .AddMetric<RelativeRepresentationStabilityMetric, RelativeRepresentationStabilityOptions>(
            "relative-representation-stability", "Relative change of the explanation over that of an inner representation", Agarwal);
}
