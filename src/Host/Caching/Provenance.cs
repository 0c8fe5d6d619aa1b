using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Plugins;
using Pellucid.Modeling.Models;
using Pellucid.Runtime;

namespace Pellucid.Host.Caching;

/// <summary>What every number of a host depends on.</summary>
internal static class Provenance
{
    /// <summary>
    /// A text that is equal for two hosts only if they compute the same bytes from the same inputs: device, engine and threads, the code of the engine's side (compilation is
    /// deterministic, so a module's id stands for its contents), and the plugins that load models.
    /// </summary>
    public static string Of(PluginCatalog plugins, ExecutionEnvironment environment)
    {
        IEnumerable<string> code = new[] { typeof(Graph), typeof(IVisionLanguageModel), typeof(GraphVisionLanguageModel), typeof(OrtGraphRunner) }
            .Select(t => t.Assembly.ManifestModule.ModuleVersionId.ToString());
        IEnumerable<string> adapters = plugins.Plugins.Where(p => p.ModelAdapterNames.Count > 0).Select(p => $"{p.Id} {p.Manifest?.Hash}").Order(StringComparer.Ordinal);
        return string.Join('\n', [environment.ToString(), .. code, .. adapters]);
    }
}
