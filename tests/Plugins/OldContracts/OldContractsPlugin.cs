using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace TestPlugins.OldContracts;

public sealed class OldContractsPlugin : PluginBase
{
    public override void Register(IServiceCollection services)
    {
    }
}
