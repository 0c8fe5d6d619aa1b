using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Clip;

/// <summary>Brings the CLIP model adapter.</summary>
public sealed class ClipPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IServiceCollection services) => services.AddModelAdapter<ClipAdapter>();
}
