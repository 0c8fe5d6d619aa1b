namespace Pellucid.Plugins.Datasets;

/// <summary>Which files are images, and where they may lie.</summary>
internal static class ImageFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".dcm", ".dicom" };

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden };

    private static readonly EnumerationOptions Here = new() { IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden, MatchCasing = MatchCasing.CaseInsensitive };

    /// <summary>Image files in a folder and the folders in it, hidden ones left out.</summary>
    public static IEnumerable<string> Inside(string folder) => Directory.EnumerateFiles(folder, "*", Everywhere).Where(f => Extensions.Contains(Path.GetExtension(f)));

    /// <summary>The path of a file inside a folder with forward slashes, the same on every platform.</summary>
    public static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

    /// <summary>Image files of a folder itself, by name.</summary>
    public static IEnumerable<string> Of(string folder) => Directory.EnumerateFiles(folder, "*", Here).Where(f => Extensions.Contains(Path.GetExtension(f))).Order(StringComparer.Ordinal);

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
