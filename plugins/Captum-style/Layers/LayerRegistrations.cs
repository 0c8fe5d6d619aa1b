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
            "Jiang et al. 2021, LayerCAM: Exploring hierarchical class activation maps for localization")
        .AddExplainer<ScoreCamExplainer, CamOptions>(
            "score-cam", "Channels of a layer weighted by the score of the image that they leave visible",
            "Wang et al. 2020, Score-CAM: Score-weighted visual explanations for convolutional neural networks")
        .AddExplainer<AblationCamExplainer, CamOptions>(
            "ablation-cam", "Channels of a layer weighted by the score that is lost without them",
            "Desai and Ramaswamy 2020, Ablation-CAM: Visual explanations for deep convolutional network via gradient-free localization")
        .AddExplainer<EigenCamExplainer, CamOptions>(
            "eigen-cam", "First principal component of a layer's channels",
            "Muhammad and Yeasin 2020, Eigen-CAM: Class activation map using principal components")
        .AddExplainer<FullGradExplainer, FullGradOptions>(
            "full-grad", "Input times gradient, and bias times gradient of every convolution and batch normalization",
            "Srinivas and Fleuret 2019, Full-gradient representation for neural network visualization");
}
