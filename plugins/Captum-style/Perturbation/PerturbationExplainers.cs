using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.CaptumStyle.Perturbation;

/// <summary>Registers the methods that only evaluate the model.</summary>
internal static class PerturbationExplainers
{
    public static IServiceCollection AddPerturbationExplainers(this IServiceCollection services) => services
        .AddExplainer<OcclusionExplainer, OcclusionOptions>(
            "occlusion", "Drop of the target when a window that is moved over the image is filled",
            "Zeiler, Fergus 2014, Visualizing and understanding convolutional networks")
        .AddExplainer<FeatureAblationExplainer, FeatureAblationOptions>(
            "feature-ablation", "Drop of the target when a region is filled",
            "Kokhlikyan et al. 2020, Captum: a unified and generic model interpretability library for PyTorch")
        .AddExplainer<ShapleySamplingExplainer, ShapleySamplingOptions>(
            "shapley-sampling", "Shapley values of regions by sampled orders",
            "Castro, Gomez, Tejada 2009, Polynomial calculation of the Shapley value based on sampling")
        .AddExplainer<ShapleyValuesExplainer, ShapleyValuesOptions>(
            "shapley-values", "Exact Shapley values of at most 16 regions",
            "Shapley 1953, A value for n-person games")
        .AddExplainer<KernelShapExplainer, KernelShapOptions>(
            "kernel-shap", "Shapley values of regions by regression on sampled choices of them",
            "Lundberg, Lee 2017, A unified approach to interpreting model predictions")
        .AddExplainer<LimeExplainer, LimeOptions>(
            "lime", "Linear model of the target on random choices of regions near the image",
            "Ribeiro, Singh, Guestrin 2016, Why should I trust you? Explaining the predictions of any classifier")
        .AddExplainer<RiseExplainer, RiseOptions>(
            "rise", "Mean of random masks, each times the target of the masked image",
            "Petsiuk, Das, Saenko 2018, RISE: randomized input sampling for explanation of black-box models")
        .AddExplainer<RandomExplainer, NoOptions>(
            "random", "Random numbers: the baseline that any method must beat",
            "none")
        .AddExplainer<EdgeDetectorExplainer, NoOptions>(
            "edge-detector", "Edges of the image: a baseline that knows nothing of the model",
            "Adebayo et al. 2018, Sanity checks for saliency maps");
}
