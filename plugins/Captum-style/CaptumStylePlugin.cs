using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using Pellucid.Plugins.CaptumStyle.Layers;
using Pellucid.Plugins.CaptumStyle.Perturbation;

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
        .AddPerturbationExplainers();
}
