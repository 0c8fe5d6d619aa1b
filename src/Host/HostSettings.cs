using System.Globalization;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host;

/// <summary>Where the host looks and what it runs on.</summary>
public sealed record HostSettings
{
    /// <summary>Environment variable that names the cache folder.</summary>
    public const string CacheVariable = "PELLUCID_CACHE";

    /// <summary>Environment variable with the most megabytes that the map cache takes; 0 for no map cache.</summary>
    public const string MapCacheLimitVariable = "PELLUCID_MAP_CACHE_MB";

    private const long DefaultMapCacheMegabytes = 4096, MostMegabytes = 1L << 30, MegaByte = 1L << 20;

    /// <summary>Folder of the host's binaries: holds <c>plugins/</c> and <c>trusted-plugins.json</c>.</summary>
    public required string HostFolder { get; init; }

    /// <summary>Folder where the host remembers which plugins the user trusts or disabled.</summary>
    public required string StateFolder { get; init; }

    /// <summary>Further folders, each holding plugin folders or being one itself.</summary>
    public IReadOnlyList<string> PluginFolders { get; init; } = [];

    /// <summary><c>auto</c>, <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c> or <c>webgpu</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Threads a graph is run with; null for one a core.</summary>
    public int? Threads { get; init; }

    /// <summary>What an image file that a plugin reads may cost: one that an option names, or a mask of a data set.</summary>
    public ImageLimits ImageLimits { get; init; } = ImageLimits.Default;

    /// <summary>Folder of the map cache (<see cref="Abstractions.Explanations.IMapCache"/>); null for no cache.</summary>
    public string? MapCacheFolder { get; init; }

    /// <summary>Most bytes that the map cache takes; 0 for no cache.</summary>
    public long MapCacheLimit { get; init; } = DefaultMapCacheMegabytes * MegaByte;

    /// <summary>
    /// The settings with the map cache of this user: <c>maps</c> in the folder of <see cref="CacheVariable"/>, else in the user's cache folder, where one is known; its size is in
    /// <see cref="MapCacheLimitVariable"/>.
    /// </summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <exception cref="PellucidException">The size is no whole number of megabytes.</exception>
    public HostSettings WithMapCache(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        string size = variable(MapCacheLimitVariable) is { Length: > 0 } given ? given : DefaultMapCacheMegabytes.ToString(CultureInfo.InvariantCulture);
        if (!(long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long megabytes) && megabytes <= MostMegabytes))
            throw new PellucidException($"{MapCacheLimitVariable} is '{size}'; a whole number of megabytes from 0 (no map cache) to {MostMegabytes} is needed");
        return this with { MapCacheFolder = FindCacheFolder(variable) is { } folder ? Path.Combine(folder, "maps") : null, MapCacheLimit = megabytes * MegaByte };
    }

    private static string? FindCacheFolder(Func<string, string?> variable)
    {
        if (variable(CacheVariable) is { Length: > 0 } own) return Path.GetFullPath(own);
        if (variable("XDG_CACHE_HOME") is { Length: > 0 } xdg && Path.IsPathFullyQualified(xdg)) return Path.Combine(xdg, "pellucid");
        if (OperatingSystem.IsWindows()) return variable("LOCALAPPDATA") is { Length: > 0 } local ? Path.Combine(local, "pellucid", "cache") : null;
        if (variable("HOME") is not { Length: > 0 } home) return null;
        return OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Caches", "pellucid") : Path.Combine(home, ".cache", "pellucid");
    }

    /// <summary>
    /// The state folder: <c>PELLUCID_STATE</c>, else <c>pellucid</c> in <c>XDG_STATE_HOME</c>, else in the platform's
    /// folder for local application data.
    /// </summary>
    /// <param name="variable">Value of an environment variable, or null.</param>
    /// <exception cref="PellucidException">No place is known.</exception>
    public static string FindStateFolder(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (variable("PELLUCID_STATE") is { Length: > 0 } own) return Path.GetFullPath(own);
        if (variable("XDG_STATE_HOME") is { Length: > 0 } xdg) return Path.Combine(Path.GetFullPath(xdg), "pellucid");
        if (!OperatingSystem.IsWindows() && variable("HOME") is { Length: > 0 } home)
            return Path.Combine(home, ".local", "state", "pellucid");
        string local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        return local.Length > 0
            ? Path.Combine(local, "Pellucid")
            : throw new PellucidException("no folder is known to remember trusted plugins in; set PELLUCID_STATE to one");
    }
}
