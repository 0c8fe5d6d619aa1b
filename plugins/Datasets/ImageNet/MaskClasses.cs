using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Classes;

namespace Pellucid.Plugins.Datasets.ImageNet;

/// <summary>
/// Which mask value of ImageNet-S (Gao et al. 2022, "Large-scale Unsupervised Semantic Segmentation") is which class: the place of its WordNet id in
/// their sorted list, from 1.
/// </summary>
internal sealed class MaskClasses
{
    private static readonly int[] Sizes = [50, 300, 919];
    private readonly Dictionary<string, int> _values;

    private MaskClasses(IEnumerable<string> ids) => _values = ids.Order(StringComparer.Ordinal).Select((id, i) => (id, i)).ToDictionary(p => p.id, p => p.i + 1, StringComparer.Ordinal);

    /// <summary>The values for a data set.</summary>
    /// <exception cref="PellucidException">There is no list and the folders are not all of ImageNet-S-50, -300 or -919.</exception>
    public static MaskClasses Of(string root, ImageNetOptions options, ClassFolders part)
    {
        string? file = options.MaskClasses.Length > 0 ? Path.GetFullPath(Path.Combine(root, options.MaskClasses)) : FolderFiles.Files(root, "ImageNetS_categories_im*.txt").FirstOrDefault();
        if (file is not null)
        {
            ClassList list = ClassList.Read(file);
            return list.Entries.FirstOrDefault(e => e.Id is null) is { } other
                ? throw new PellucidException($"{file}: '{other.Name}' is no WordNet id")
                : new MaskClasses(list.Entries.Select(e => e.Id!));
        }

        string[] folders = [.. part.Classes.Select(c => Path.GetFileName(c))];
        return Sizes.Contains(folders.Length) ? new MaskClasses(folders) : throw new PellucidException(
            $"'{part.Folder}' has masks and {folders.Length} classes, which is none of ImageNet-S-50, -300 and -919: put ImageNetS_categories_im*.txt into '{root}' or give mask-classes=<file>, by which mask values are classes");
    }

    /// <summary>The mask value of a class; null where it has none.</summary>
    public int? this[string id] => _values.TryGetValue(id, out int value) ? value : null;
}
