using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.GradEclip;

/// <summary>Brings Grad-ECLIP.</summary>
public sealed class GradEclipPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddExplainer<GradEclipExplainer, GradEclipOptions>(
        "grad-eclip", "Which patches and which words made image and text match, from the gradient at the last attention output",
        "Zhao et al. 2024, Gradient-based visual explanation for transformer-based CLIP (Grad-ECLIP)");
}
