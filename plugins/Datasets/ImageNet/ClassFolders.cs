using Pellucid.Abstractions.Images;
using Pellucid.Plugins.Datasets.Classes;

namespace Pellucid.Plugins.Datasets.ImageNet;

/// <summary>A part of a data set: a folder with a folder for each class.</summary>
/// <param name="Name">Name of the part; null where the data set has no parts.</param>
/// <param name="Folder">Full path.</param>
/// <param name="Masks">Folder with the masks of its images; null where there is none.</param>
internal sealed record ClassFolders(string? Name, string Folder, string? Masks)
{
    private const string MaskSuffix = "-segmentation";

    /// <summary>Its classes' folders, by name.</summary>
    public IReadOnlyList<string> Classes => FolderFiles.Folders(Folder);

    /// <summary>Whether a folder has folders that are named after WordNet ids.</summary>
    public static bool HasWordNetIds(string folder) => Directory.Exists(folder) && FolderFiles.Folders(folder).Any(f => ClassList.IsWordNetId(Path.GetFileName(f)));

    /// <summary>The parts of a data set by name, or the one that it is.</summary>
    public static IReadOnlyList<ClassFolders> In(string path)
    {
        if (HasWordNetIds(path)) return [new ClassFolders(null, path, MasksOf(path))];
        IReadOnlyList<string> folders = [.. FolderFiles.Folders(path).Where(f => !f.EndsWith(MaskSuffix, StringComparison.Ordinal))];
        string[] parts = [.. folders.Where(HasWordNetIds)];
        // Classes with other names than WordNet ids: one folder deep, or two where the first has no images.
        if (parts.Length == 0) parts = [.. folders.Where(f => !ImageFiles.Of(f).Any() && FolderFiles.Folders(f).Any(c => ImageFiles.Of(c).Any()))];
        if (parts.Length > 0) return [.. parts.Select(p => new ClassFolders(Path.GetFileName(p), p, MasksOf(p)))];
        return folders.Any(f => ImageFiles.Of(f).Any()) ? [new ClassFolders(null, path, null)] : [];
    }

    private static string? MasksOf(string folder) => Path.TrimEndingDirectorySeparator(folder) + MaskSuffix is var masks && Directory.Exists(masks) ? masks : null;
}
