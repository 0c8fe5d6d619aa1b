namespace Pellucid.Plugins.Datasets;

/// <summary>What lies in the folders of a data set, in an order that is the same on every platform.</summary>
internal static class FolderFiles
{
    private static readonly EnumerationOptions Here = new() { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden, MatchCasing = MatchCasing.CaseInsensitive };

    /// <summary>The path of a file inside a folder with forward slashes, the same on every platform.</summary>
    public static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

    /// <summary>Folders in a folder, by name, hidden ones left out; none where it does not exist.</summary>
    public static IReadOnlyList<string> Folders(string folder) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateDirectories(folder, "*", Here).Order(StringComparer.Ordinal)] : [];

    /// <summary>Files of a folder that fit a pattern, by name; none where it does not exist.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
        Directory.Exists(folder) ? [.. Directory.EnumerateFiles(folder, pattern, Here).Order(StringComparer.Ordinal)] : [];

    /// <summary>Full path of a file that a data set names; null where it leads out of a folder.</summary>
    public static string? Locate(string folder, string name)
    {
        if (name.Length == 0 || name.Contains('\0', StringComparison.Ordinal)) return null;
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        string full = Path.GetFullPath(Path.Combine(root, name.Replace('\\', '/')));
        return full.StartsWith(root, StringComparison.Ordinal) && full.Length > root.Length ? full : null;
    }
}
