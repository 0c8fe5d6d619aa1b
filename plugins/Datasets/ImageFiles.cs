namespace Pellucid.Plugins.Datasets;

/// <summary>Which files are images, and where they may lie.</summary>
internal static class ImageFiles
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".dcm", ".dicom" };

    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden };

    /// <summary>Image files in a folder and the folders in it, hidden ones left out.</summary>
    public static IEnumerable<string> Inside(string folder) => Directory.EnumerateFiles(folder, "*", Everywhere).Where(f => Extensions.Contains(Path.GetExtension(f)));

    /// <summary>The path of a file inside a folder with forward slashes, the same on every platform.</summary>
    public static string Relative(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

    /// <summary>Full path of a file that a data set names; null where it leads out of the data set's folder.</summary>
    public static string? Locate(string folder, string name)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        string full = Path.GetFullPath(Path.Combine(root, name));
        return full.StartsWith(root, StringComparison.Ordinal) ? full : null;
    }
}
