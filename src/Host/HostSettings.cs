using Pellucid.Graphs;

namespace Pellucid.Host;

/// <summary>Where the host looks and what it runs on.</summary>
public sealed record HostSettings
{
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
