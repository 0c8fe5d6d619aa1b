using Pellucid.Graphs;
using Pellucid.Host.Plugins;

namespace Pellucid.Host.Cli;

/// <summary>Ids of the plugins that lie in the configured folders, found without loading any.</summary>
internal static class PluginIds
{
    /// <summary>Checks that a plugin with an id exists.</summary>
    /// <exception cref="PellucidException">It does not; the message lists the nearest ids.</exception>
    public static void Require(HostSettings settings, string id)
    {
        List<string> ids = [];
        foreach ((string folder, _) in PluginCatalog.Folders(settings))
        {
            try
            {
                ids.Add(PluginManifestReader.Read(folder).Id);
            }
            catch (PluginException)
            {
                // A plugin without a readable manifest has no id to be called by.
            }
        }

        if (!ids.Contains(id, StringComparer.Ordinal))
            throw new PellucidException($"there is no plugin '{id}'{NearestNames.Suffix(id, ids)}");
    }
}
