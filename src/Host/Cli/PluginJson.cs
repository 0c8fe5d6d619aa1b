using System.Text.Json;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Cli;

/// <summary>How <c>--json</c> tells of a plugin.</summary>
internal static class PluginJson
{
    /// <summary>Writes what list and inspect have in common into an open object.</summary>
    public static void WriteSummary(Utf8JsonWriter json, PluginInfo plugin)
    {
        json.WriteString("id", plugin.Id);
        json.WriteString("version", plugin.Manifest?.Version.ToString());
        json.WriteString("state", plugin.State.ToString());
        json.WriteString("reason", plugin.Reason);
        json.WriteString("summary", plugin.Manifest?.Summary);
        json.WriteString("kind", plugin.Manifest?.Kind);
        json.WriteStartArray("capabilities");
        foreach (string capability in plugin.Manifest?.Capabilities ?? []) json.WriteStringValue(capability);
        json.WriteEndArray();
        json.WriteString("contract", plugin.Manifest?.Contract.ToString());
        json.WriteString("license", plugin.Manifest?.License);
        json.WriteString("hash", plugin.Manifest?.Hash);
        json.WriteBoolean("bundled", plugin.Bundled);
        json.WriteString("folder", plugin.Folder);
    }
}
