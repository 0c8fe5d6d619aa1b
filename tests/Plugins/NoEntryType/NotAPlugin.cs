using Pellucid.Abstractions.Plugins;

namespace TestPlugins.NoEntryType;

public static class NotAPlugin
{
    public static string Version => ContractVersion.Current;
}
