using Microsoft.Extensions.DependencyInjection;

namespace Pellucid.Abstractions.Plugins;

public interface IPlugin
{
    void Register(IServiceCollection services);
}

public abstract class PluginBase : IPlugin
{
    public abstract void Register(IServiceCollection services);
}
