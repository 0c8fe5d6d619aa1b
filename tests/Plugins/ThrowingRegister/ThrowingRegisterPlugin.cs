using Microsoft.Extensions.DependencyInjection;
using Pellucid.Abstractions.Plugins;

namespace TestPlugins.ThrowingRegister;

public sealed class ThrowingRegisterPlugin : IPlugin
{
    public void Register(IServiceCollection services) => throw new NotSupportedException("wrong kind of day");
}
