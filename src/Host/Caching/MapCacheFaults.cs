using Pellucid.Graphs;

namespace Pellucid.Host.Caching;

/// <summary>What is said where the map cache does not work.</summary>
internal static class MapCacheFaults
{
    public static PellucidException Unwritable(string path, Exception fault) => new(
        $"the map cache cannot be written ({path}): {fault.Message}. Make room, set {HostSettings.CacheVariable} to another folder, or {HostSettings.MapCacheLimitVariable}=0 for no map cache", fault);

    public static PellucidException Unreadable(string path, Exception fault) => new(
        $"the map cache cannot be read ({path}): {fault.Message}. Set {HostSettings.CacheVariable} to another folder, or {HostSettings.MapCacheLimitVariable}=0 for no map cache", fault);
}
