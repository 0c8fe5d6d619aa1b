using Pellucid.Abstractions.Execution;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Caching;

/// <summary>What every number of a host depends on.</summary>
internal static class Provenance
{
    /// <summary>
    /// A text that is equal for two hosts only if they compute the same bytes from the same inputs: device, engine and threads, the code of the host and of the plugins that load models.
    /// </summary>
    public static string Of(PluginCatalog plugins, ExecutionEnvironment environment)
    {
        IEnumerable<string> adapters = plugins.Plugins.Where(p => p.ModelAdapterNames.Count > 0).Select(p => CodeIdentity.Of(p.Manifest)).Order(StringComparer.Ordinal);
        return string.Join('\n', [environment.ToString(), CodeIdentity.Host, .. adapters]);
    }
}
