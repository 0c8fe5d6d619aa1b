using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;
using TestPlugins.Dependency;

namespace TestPlugins.MissingDependency;

public sealed class MissingDependencyPlugin : IPlugin
{
    public void Register(IServiceCollection services) => services.AddSingleton(Answer.Text);
}
