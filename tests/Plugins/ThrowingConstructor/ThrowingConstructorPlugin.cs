using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace TestPlugins.ThrowingConstructor;

public sealed class ThrowingConstructorPlugin : IPlugin
{
    public ThrowingConstructorPlugin() => throw new InvalidOperationException("no license server\nsecond line");

    public void Register(IServiceCollection services)
    {
    }
}
