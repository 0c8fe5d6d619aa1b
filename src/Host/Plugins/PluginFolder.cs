using System.Security.Cryptography;

namespace Pellucid.Host.Plugins;

/// <summary>Checks that a plugin's folder holds exactly what its manifest lists.</summary>
internal static class PluginFolder
{
    /// <summary>Assemblies that a plugin must take from the host: with a copy of its own it would speak of other types.</summary>
    private static readonly string[] HostOnly = ["Pellucid.Abstractions.dll", "Pellucid.Graphs.dll", "Pellucid.Modeling.dll", "Pellucid.Runtime.dll", "Pellucid.Host.dll"];

    /// <summary>Compares names, links and hashes. Nothing of the plugin is executed.</summary>
    /// <exception cref="PluginException">Something is missing, extra, changed or a link.</exception>
    public static void Check(string folder, PluginManifest manifest)
    {
        try
        {
            CheckNames(folder, manifest);
            foreach ((string path, string expected) in manifest.Files)
            {
                using FileStream stream = File.OpenRead(Path.Combine(folder, path));
                string actual = Convert.ToHexStringLower(SHA256.HashData(stream));
                if (!string.Equals(actual, expected, StringComparison.Ordinal))
                    throw Wrong($"'{path}' has not the SHA-256 that {PluginManifest.FileName} states: it was changed or damaged; install the plugin again");
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new PluginException(PluginState.Malfunctioned, $"its files cannot be read: {fault.Message}", fault);
        }
    }

    private static void CheckNames(string folder, PluginManifest manifest)
    {
        if (new DirectoryInfo(folder).LinkTarget is not null) throw Wrong("its folder is a symbolic link; give the folder itself");
        HashSet<string> found = new(StringComparer.Ordinal);
        Stack<DirectoryInfo> open = new([new DirectoryInfo(folder)]);
        while (open.TryPop(out DirectoryInfo? directory))
        {
            foreach (FileSystemInfo item in directory.EnumerateFileSystemInfos())
            {
                string path = Path.GetRelativePath(folder, item.FullName).Replace(Path.DirectorySeparatorChar, '/');
                if (item.LinkTarget is not null) throw Wrong($"'{path}' is a symbolic link");
                if (item is DirectoryInfo inner) open.Push(inner);
                else if (manifest.Files.ContainsKey(path)) found.Add(path);
                else if (path != PluginManifest.FileName) throw Wrong($"'{path}' lies in its folder but not in {PluginManifest.FileName}");
            }
        }

        if (manifest.Files.Keys.FirstOrDefault(f => !found.Contains(f)) is { } missing) throw Wrong($"'{missing}' is missing");
        if (manifest.Files.Keys.FirstOrDefault(f => HostOnly.Contains(Path.GetFileName(f), StringComparer.OrdinalIgnoreCase)) is { } copy)
            throw Wrong($"'{copy}' belongs to the host; reference it with Private=\"false\" so that it is not copied");
    }

    private static PluginException Wrong(string what) => new(PluginState.Malfunctioned, what);
}
