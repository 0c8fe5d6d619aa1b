using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Models;
using Pellucid.Runtime;

namespace Pellucid.Host.Plugins;

/// <summary>
/// Which code computes, as texts that are equal only for equal code: one notion for the keys of units and for the cache of maps. A version number is not enough,
/// as two builds can have the same.
/// </summary>
internal static class CodeIdentity
{
    /// <summary>The host, the contracts and the engine. Compilation is deterministic, so a module's id stands for its contents.</summary>
    public static string Host { get; } = string.Join(' ', new[] { typeof(CodeIdentity), typeof(Graph), typeof(IVisionLanguageModel), typeof(GraphVisionLanguageModel), typeof(OrtGraphRunner) }
        .Select(t => t.Assembly.ManifestModule.ModuleVersionId.ToString()));

    /// <summary>A plugin. Its manifest has the hash of each of its files, and none is loaded whose hash is another, so the manifest's hash stands for all of them.</summary>
    /// <param name="manifest">Its manifest; null for code that no plugin brings.</param>
    public static string Of(PluginManifest? manifest) => $"{manifest?.Id}/{manifest?.Version}/{manifest?.Hash}";
}
