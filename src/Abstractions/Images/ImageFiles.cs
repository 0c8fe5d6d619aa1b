namespace Pellucid.Abstractions.Images;

/// <summary>Which files of a folder are images. Told by the ending of the name; hidden files are none.</summary>
public static class ImageFiles
{
    /// <summary>The endings, lower-case, with their dots; case does not matter in names.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".dcm", ".dicom"];

    /// <summary>Whether a file's name ends as an image's.</summary>
    public static bool HasEnding(string file) => Endings.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase);

    /// <summary>Image files of a folder in no order, with all below it where wanted.</summary>
    /// <exception cref="IOException">The folder, or one below it, cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder, or one below it, must not be read.</exception>
    public static IEnumerable<string> Of(string folder, bool below = false) =>
        Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = below, IgnoreInaccessible = false, AttributesToSkip = FileAttributes.Hidden })
            .Where(HasEnding);
}
