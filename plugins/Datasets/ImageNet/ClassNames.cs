using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Classes;

namespace Pellucid.Plugins.Datasets.ImageNet;

/// <summary>What the folders of classes are called.</summary>
internal sealed class ClassNames
{
    private static readonly string[] UsualNames = ["LOC_synset_mapping.txt", "imagenet_class_index.json", "synset_words.txt", "words.txt", "classes.txt", "class_names.txt", "classnames.txt"];
    private readonly ClassList? _list;
    private readonly HashSet<string> _shared;

    private ClassNames(ClassList? list)
    {
        _list = list;
        _shared = list is null ? [] : [.. list.Entries.Where(e => e is { Id: not null, Name: not null }).GroupBy(e => e.Name!, StringComparer.Ordinal).Where(g => g.Skip(1).Any()).Select(g => g.Key)];
    }

    /// <summary>The names for a data set.</summary>
    /// <exception cref="PellucidException">Its folders are WordNet ids and there is no class list, or none of them is in the list.</exception>
    public static ClassNames Of(string root, ImageNetOptions options, IReadOnlyList<string> folders)
    {
        if (options.Labels == ClassLabels.Folders) return new ClassNames(null);
        string? file = options.Classes.Length > 0 ? Path.GetFullPath(Path.Combine(root, options.Classes)) : UsualNames.Select(n => Path.Combine(root, n)).FirstOrDefault(File.Exists);
        if (file is null)
        {
            return folders.Any(ClassList.IsWordNetId)
                ? throw new PellucidException($"the folders of '{root}' are WordNet ids and there is no class list with their names: put {UsualNames[0]} or {UsualNames[1]} there, give classes=<file>, or say labels=folders")
                : new ClassNames(null);
        }

        ClassList list = ClassList.Read(file);
        ClassNames names = new(list);
        return folders.Any(f => names.Entry(f) is not null) ? names : throw new PellucidException($"{file}: {(folders.Count == 0 ? "there are no classes' folders" : list.Unknown(folders[0]))}; no folder of '{root}' is in the list");
    }

    /// <summary>Name of a folder's class; null, with the record rejected, where the list does not have it.</summary>
    public string? Of(string folder, DatasetLocation location, DatasetRequest request)
    {
        if (_list is null) return folder;
        if (Entry(folder) is not { } entry)
        {
            request.Reject(location, _list.Unknown(folder));
            return null;
        }

        if (entry.Name is not { } name)
        {
            request.Reject(location, $"the class list {Path.GetFileName(_list.File)} has no name for '{folder}'");
            return null;
        }

        // Two classes of one name would be one: cranes that fly and cranes that lift.
        return _shared.Contains(name) ? $"{name} ({folder})" : name;
    }

    // A list of names alone goes with folders that are the names, or numbers as in ImageNetV2.
    private ClassEntry? Entry(string folder) => _list!.ById(folder)
        ?? _list.Entries.FirstOrDefault(e => e.Id is null && e.Name == folder)
        ?? (int.TryParse(folder, out int number) ? _list.Entries.FirstOrDefault(e => e.Number == number) : null);
}
