using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>Registers the methods that look at one layer.</summary>
internal static class LayerRegistrations
{
    public static IServiceCollection AddLayerExplainers(this IServiceCollection services) => services
        .AddExplainer<LayerActivationExplainer, LayerOptions>(
            "layer-activation", "Activation of a layer, summed over its channels",
            "Captum, LayerActivation")
        .AddExplainer<LayerGradientXActivationExplainer, LayerGradientOptions>(
            "layer-gradient-x-activation", "Gradient of the target by a layer times the layer's activation, element by element",
            "Shrikumar et al. 2016, Not just a black box")
        .AddExplainer<LayerGradCamExplainer, LayerGradCamOptions>(
            "layer-grad-cam", "Grad-CAM with its sign, as Captum gives it",
            "Selvaraju et al. 2017, Grad-CAM")
        .AddExplainer<GradCamExplainer, CamOptions>(
            "grad-cam", "Channels of a layer weighted by their mean gradient",
            "Selvaraju et al. 2017, Grad-CAM: Visual explanations from deep networks via gradient-based localization")
        .AddExplainer<GradCamPlusPlusExplainer, CamOptions>(
            "grad-cam-plus-plus", "Channels of a layer weighted by their positive gradients, each with a share of its own",
            "Chattopadhyay et al. 2018, Grad-CAM++: Improved visual explanations for deep convolutional networks")
        .AddExplainer<XGradCamExplainer, CamOptions>(
            "xgrad-cam", "Channels of a layer weighted by their gradient where they are active",
            "Fu et al. 2020, Axiom-based Grad-CAM")
        .AddExplainer<LayerCamExplainer, CamOptions>(
            "layer-cam", "Elements of a layer weighted by their own positive gradients",
            "Jiang et al. 2021, LayerCAM: Exploring hierarchical class activation maps for localization");
}
