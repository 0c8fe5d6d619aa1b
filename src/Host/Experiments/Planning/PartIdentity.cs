using Pellucid.Host.Options;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>
/// An explainer or a metric as one text that changes whenever its numbers could: all options with their values, also those left at their
/// defaults, and version and content of the plugins that bring it and the explainers nested in it.
/// </summary>
internal static class PartIdentity
{
    public static string Of(PartConfiguration configuration)
    {
        IEnumerable<string> plugins = Plugins(configuration).Select(p => $"{p.Id}/{p.Version}/{p.Hash}").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
        return $"{configuration.FullText} by {string.Join(", ", plugins)}";
    }

    private static IEnumerable<PluginManifest> Plugins(PartConfiguration configuration) => configuration.Options.Values
        .SelectMany(v => v.Value is object[] several ? several : [v.Value!])
        .OfType<PartConfiguration>().SelectMany(Plugins)
        .Prepend(configuration.Plugin.Manifest!);
}
