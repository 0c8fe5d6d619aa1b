using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.CaptumStyle.Interactions;
using Pellucid.Plugins.CaptumStyle.Layers;
using Pellucid.Plugins.CaptumStyle.Noise;
using Pellucid.Plugins.CaptumStyle.Paths;
using Pellucid.Plugins.CaptumStyle.Perturbation;
using Pellucid.Plugins.CaptumStyle.Rules;
using Pellucid.Plugins.CaptumStyle.Rules.Relevance;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>Brings the attribution methods that a Captum user looks for.</summary>
public sealed class CaptumStylePlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services
        .AddExplainer<SaliencyExplainer, SaliencyOptions>(
            "saliency", "Gradient of the target by every pixel value, absolute or signed",
            "Simonyan, Vedaldi, Zisserman 2014, Deep inside convolutional networks")
        .AddExplainer<InputXGradientExplainer, NoOptions>(
            "input-x-gradient", "Gradient of the target times the input, element by element",
            "Shrikumar et al. 2016, Not just a black box")
        .AddLayerExplainers()
        .AddPerturbationExplainers()
        .AddExplainer<FixlipExplainer, FixlipOptions>(
            "fixlip", "Which word meets which region, by evaluating the model alone: faithful weighted Banzhaf interactions of regions and words",
            "Baniecki et al. 2025, Explaining similarity in vision-language encoders with weighted Banzhaf interactions (FIxLIP)")
        .AddPathExplainers()
        .AddExplainer<NoiseTunnelExplainer, NoiseTunnelOptions>(
            "noise-tunnel", "SmoothGrad, SmoothGrad-squared and VarGrad around any explainer: its maps of noisy images, taken together",
            "Smilkov et al. 2017, SmoothGrad; Hooker et al. 2019, A benchmark for interpretability methods; Adebayo et al. 2018")
        .AddExplainer<GuidedBackpropExplainer, NoOptions>(
            "guided-backprop", "Gradient in which a ReLU hands on only positive signals, where its input was positive",
            "Springenberg et al. 2015, Striving for simplicity: the all convolutional net")
        .AddExplainer<GuidedGradCamExplainer, GuidedGradCamOptions>(
            "guided-grad-cam", "Guided backpropagation to the pixels times the rectified Grad-CAM map of a layer",
            "Selvaraju et al. 2017, Grad-CAM")
        .AddExplainer<DeconvolutionExplainer, NoOptions>(
            "deconvolution", "Gradient in which a ReLU hands on positive signals, whatever its input was",
            "Zeiler, Fergus 2014, Visualizing and understanding convolutional networks")
        .AddExplainer<DeepLiftExplainer, DeepLiftOptions>(
            "deep-lift", "Image minus baseline, times a gradient in which nonlinearities hand on differences instead of derivatives",
            "Shrikumar, Greenside, Kundaje 2017, Learning important features through propagating activation differences")
        .AddExplainer<LayerDeepLiftExplainer, LayerDeepLiftOptions>(
            "layer-deep-lift", "DeepLIFT of a layer: its activation minus that of the baseline, times the multipliers behind it",
            "Shrikumar, Greenside, Kundaje 2017, Learning important features through propagating activation differences")
        .AddExplainer<LrpExplainer, LrpOptions>(
            "lrp", "Layer-wise relevance propagation: the score is shared out, layer by layer, over what contributed to it",
            "Bach et al. 2015, On pixel-wise explanations by layer-wise relevance propagation");
}
