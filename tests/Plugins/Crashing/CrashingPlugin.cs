using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace TestPlugins.Crashing;

public sealed class CrashingPlugin : IPlugin
{
    public void Register(IServiceCollection services) => Environment.FailFast("a plugin that takes the process down");
}
