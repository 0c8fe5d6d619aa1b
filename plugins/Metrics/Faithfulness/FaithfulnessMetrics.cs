using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Registers the metrics of faithfulness.</summary>
internal static class FaithfulnessMetrics
{
    private const string GradEclip = "Zhao et al. 2024, Gradient-based visual explanation for transformer-based CLIP (Grad-ECLIP)";

    public static IServiceCollection AddFaithfulnessMetrics(this IServiceCollection services) => services
        .AddMetric<BatchSufficiencyMetric, BatchSufficiencyOptions>(
            "batch-sufficiency", "Sufficiency with images compared within batches only",
            "Dasgupta, Frost, Moshkovitz 2022, Framework for evaluating faithfulness of local explanations")
        .AddMetric<DeletionMetric, DeletionOptions>("deletion", "Mean score while the most important pixels are deleted", GradEclip)
        .AddMetric<FaithfulnessCorrelationMetric, FaithfulnessCorrelationOptions>(
            "faithfulness-correlation", "Correlation of the attribution of random subsets with the score drop without them",
            "Bhatt, Weller, Moura 2020, Evaluating and aggregating feature-based model explanations")
        .AddMetric<FaithfulnessEstimateMetric, FaithfulnessEstimateOptions>(
            "faithfulness-estimate", "Correlation of the attribution of feature groups with the score drop without them",
            "Alvarez-Melis, Jaakkola 2018, Towards robust interpretability with self-explaining neural networks")
        .AddMetric<InfidelityMetric, InfidelityOptions>(
            "infidelity", "Mean squared difference of predicted and real changes of the score",
            "Yeh et al. 2019, On the (in)fidelity and sensitivity of explanations")
        .AddMetric<InsertionMetric, InsertionOptions>("insertion", "Mean score while the most important pixels are put onto an empty image", GradEclip)
        .AddMetric<IrofMetric, IrofOptions>(
            "irof", "Area over the score while superpixels are filled in the order of the map",
            "Rieger, Hansen 2020, IROF: a low resource evaluation metric for explanation methods")
        .AddMetric<MonotonicityMetric, MonotonicityOptions>(
            "monotonicity", "Whether the score rises steadily while features are put onto an empty image",
            "Arya et al. 2019, One explanation does not fit all")
        .AddMetric<MonotonicityCorrelationMetric, MonotonicityCorrelationOptions>(
            "monotonicity-correlation", "Rank correlation of attributions with the spread of the score under random fillings",
            "Nguyen, Martinez 2020, On quantitative aspects of model interpretability")
        .AddMetric<PerturbationTestMetric, PerturbationTestOptions>(
            "perturbation-test", "Share of the steps at which the target is still the best candidate while pixels are made black",
            "Chefer, Gur, Wolf 2021, Transformer interpretability beyond attention visualization")
        .AddMetric<PixelFlippingMetric, PixelFlippingOptions>(
            "pixel-flipping", "Area under the score while features are filled in the order of the map",
            "Bach et al. 2015, On pixel-wise explanations for non-linear classifier decisions by layer-wise relevance propagation")
        .AddMetric<RegionPerturbationMetric, RegionPerturbationOptions>(
            "region-perturbation", "Mean drop of the score while squares are filled in the order of the map (AOPC)",
            "Samek et al. 2017, Evaluating the visualization of what a deep neural network has learned")
        .AddMetric<RoadMetric, RoadOptions>(
            "road", "Mean score while pixels are replaced by what their neighbors suggest, in the order of the map",
            "Rong et al. 2022, A consistent and efficient evaluation strategy for attribution methods")
        .AddMetric<SelectivityMetric, SelectivityOptions>(
            "selectivity", "Area under the score while squares are filled in the order of the map",
            "Montavon, Samek, Müller 2018, Methods for interpreting and understanding deep neural networks")
        .AddMetric<SensitivityNMetric, SensitivityNOptions>(
            "sensitivity-n", "Correlation of the attribution of n features with the score drop without them, over n",
            "Ancona et al. 2018, Towards better understanding of gradient-based attribution methods for deep neural networks")
        .AddMetric<SufficiencyMetric, SufficiencyOptions>(
            "sufficiency", "Share of the images with a similar map that the model puts into the same class",
            "Dasgupta, Frost, Moshkovitz 2022, Framework for evaluating faithfulness of local explanations");
}
