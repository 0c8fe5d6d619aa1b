using Microsoft.Extensions.DependencyInjection;

namespace Pellucid.Abstractions.Plugins;

/// <summary>
/// Entry point of a plugin assembly: one public class with a parameterless constructor. Registers what the plugin
/// brings with <see cref="PluginServiceCollectionExtensions"/>.
/// </summary>
public interface IPlugin
{
    /// <summary>Registers services. Must not do any work: no files, no clock, no threads.</summary>
    void Register(IServiceCollection services);
}
