using Pellucid.Abstractions.Datasets;

namespace Pellucid.Plugins.Datasets;

/// <summary>The folders that a data set's image names may be relative to.</summary>
/// <param name="folders">Full paths, the likeliest first. A name never leads out of them.</param>
/// <param name="missing">What becomes of records whose image does not exist.</param>
/// <param name="rootInNames">Whether names may begin with the name that the data set's own folder had where it was made.</param>
/// <param name="extensions">Endings that may stand in the place of a name's own, such as <c>.jpg</c> for DICOM files that were converted.</param>
internal sealed class ImagePlaces(IReadOnlyList<string> folders, MissingImages missing, IReadOnlyList<string>? extensions = null, bool rootInNames = false)
{
    /// <summary>Places of a data set: the folder of its options, or those of its layout.</summary>
    public static ImagePlaces Of(ImageFileOptions options, string root, IReadOnlyList<string> layout, IReadOnlyList<string>? extensions = null, bool rootInNames = false) =>
        new(options.Images.Length > 0 ? [Path.Combine(root, options.Images)] : [.. layout.Select(f => Path.GetFullPath(Path.Combine(root, f)))], options.MissingImages, extensions, rootInNames);

    /// <summary>The image of a name. Where it cannot be used, the record is rejected and null returned.</summary>
    public FileImage? Find(string name, DatasetLocation location, DatasetRequest request)
    {
        string? first = null;
        int slash = rootInNames ? name.AsSpan().IndexOfAny('/', '\\') : -1;
        string[] names = slash > 0 && name[..slash] is not ("." or "..") ? [name, name[(slash + 1)..]] : [name];
        foreach (string path in folders.SelectMany(f => names.Select(n => FolderFiles.Locate(f, n))).OfType<string>())
        {
            first ??= path;
            if (File.Exists(path)) return new FileImage(path);
            if (Other(path) is { } other) return new FileImage(other);
        }

        if (first is null) request.Reject(location, $"the file name '{name}' leads out of the data set's folder");
        else if (missing == MissingImages.Reject) request.Reject(location, $"its image '{name}' does not exist in {string.Join(" or ", folders)}");
        else return new FileImage(first);
        return null;
    }

    private string? Other(string path)
    {
        if (extensions is null) return null;
        // 'a.b' may be a name with a dot rather than a name with an ending: both are tried.
        return extensions.SelectMany(e => new[] { Path.ChangeExtension(path, e), path + e }).FirstOrDefault(File.Exists);
    }
}
