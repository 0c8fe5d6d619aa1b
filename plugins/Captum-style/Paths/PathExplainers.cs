using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Registers the methods along a path from a baseline to the image.</summary>
internal static class PathExplainers
{
    public static IServiceCollection AddPathExplainers(this IServiceCollection services) => services
        .AddExplainer<IntegratedGradientsExplainer, IntegratedGradientsOptions>(
            "integrated-gradients", "Image minus baseline, times the gradient integrated along the path between them",
            "Sundararajan, Taly, Yan 2017, Axiomatic attribution for deep networks")
        .AddExplainer<GradientShapExplainer, GradientShapOptions>(
            "gradient-shap", "Image minus baseline times gradient, at random places between noisy images and random baselines",
            "Lundberg, Lee 2017, A unified approach to interpreting model predictions; Erion et al. 2021, expected gradients")
        .AddExplainer<ExpectedGradientsExplainer, ExpectedGradientsOptions>(
            "expected-gradients", "Integrated gradients averaged over baselines drawn from a background set of images",
            "Erion et al. 2021, Improving performance of deep learning models with axiomatic attribution priors and expected gradients");
}
