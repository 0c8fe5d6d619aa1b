using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace TestPlugins.GivenMaps;

public sealed class GivenMapsPlugin : IPlugin
{
    public void Register(IServiceCollection services) => services.AddExplainer<GivenMapExplainer, GivenMapOptions>("given-map", "A map of a kind.", "tests");
}
