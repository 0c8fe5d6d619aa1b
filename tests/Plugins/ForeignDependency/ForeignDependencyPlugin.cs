using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using Spectre.Console;

namespace TestPlugins.ForeignDependency;

public sealed class ForeignDependencyPlugin : IPlugin
{
    public void Register(IServiceCollection services) => services.AddSingleton(new Text("the host draws with it, too"));
}
