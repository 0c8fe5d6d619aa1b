namespace Pellucid.Plugins.Datasets.Roco;

/// <summary>A part of ROCO: one list of captions with its images.</summary>
/// <param name="Name">train, validation or test; null where the folder is a part and its name says no more.</param>
/// <param name="Captions">File of the captions: a table with a header (<c>id,name,caption</c> or <c>ID,Caption</c>), or <c>captions.txt</c>.</param>
/// <param name="Concepts">File with keywords or concepts of each image; null where there is none.</param>
/// <param name="ImageFolders">Where the images may lie, full paths.</param>
/// <param name="Prefix">What ids begin with.</param>
internal sealed record RocoPart(string? Name, string Captions, string? Concepts, IReadOnlyList<string> ImageFolders, string Prefix)
{
    private static readonly string[] Names = ["train", "validation", "valid", "val", "test"];

    /// <summary>Whether captions are tab-separated lines without a header.</summary>
    public bool IsText => Captions.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);

    /// <summary>The parts of a folder; none where it is no ROCO.</summary>
    public static IReadOnlyList<RocoPart> In(string path, RocoKind kind)
    {
        if (!Directory.Exists(path)) return [];
        List<RocoPart> parts = [.. Names.Select(n => Second(path, n)).OfType<RocoPart>()];
        if (parts.Count > 0) return parts;
        string[] kinds = kind switch { RocoKind.Radiology => ["radiology"], RocoKind.NonRadiology => ["non-radiology"], _ => ["radiology", "non-radiology"] };
        if (First(path, null, string.Empty) is { } only) return [only];
        foreach (string root in new[] { path, Path.Combine(path, "data") })
        {
            foreach (string k in kinds)
            {
                if (First(Path.Combine(root, k), null, $"{k}/") is { } here) parts.Add(here);
                foreach (string name in Names)
                {
                    if (First(Path.Combine(root, name, k), name, $"{name}/{k}/") is { } part) parts.Add(part);
                }
            }
        }

        return parts;
    }

    /// <summary>The layout of the first version: a folder with images, captions.txt and keywords.txt, or traindata.csv.</summary>
    private static RocoPart? First(string folder, string? name, string prefix)
    {
        string? captions = FolderFiles.Files(folder, "*data.csv").FirstOrDefault(f => Names.Contains(Path.GetFileName(f)[..^"data.csv".Length].ToLowerInvariant(), StringComparer.Ordinal));
        if (captions is not null) name ??= Path.GetFileName(captions)[..^"data.csv".Length];
        string text = Path.Combine(folder, "captions.txt"), keywords = Path.Combine(folder, "keywords.txt");
        captions ??= File.Exists(text) ? text : null;
        return captions is null ? null : new RocoPart(name, captions, File.Exists(keywords) ? keywords : null, [Path.Combine(folder, "images"), folder], prefix);
    }

    /// <summary>The layout of the second version: train_captions.csv and train_concepts.csv beside folders of images.</summary>
    private static RocoPart? Second(string path, string name)
    {
        string captions = Path.Combine(path, $"{name}_captions.csv"), concepts = Path.Combine(path, $"{name}_concepts.csv");
        return File.Exists(captions)
            ? new RocoPart(name, captions, File.Exists(concepts) ? concepts : null, [Path.Combine(path, name), Path.Combine(path, $"{name}_images", name), Path.Combine(path, $"{name}_images"), path], $"{name}/")
            : null;
    }
}
