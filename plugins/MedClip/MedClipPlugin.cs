using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.MedClip;

/// <summary>Brings the MedCLIP model adapter.</summary>
public sealed class MedClipPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddModelAdapter<MedClipAdapter>();
}
