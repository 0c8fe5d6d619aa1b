using System.Text.RegularExpressions;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>Annotation files that are about the same images.</summary>
/// <param name="Root">Folder of the data set.</param>
/// <param name="Name">Name such as <c>val2017</c>; null where the files' names have none.</param>
/// <param name="Files">The files, instances before captions after the order of their names.</param>
internal sealed partial record CocoSet(string Root, string? Name, IReadOnlyList<string> Files)
{
    /// <summary>Name of the file in data sets that have one alone.</summary>
    public const string SingleFile = "annotations.json";

    /// <summary>Where the images may lie, inside <see cref="Root"/>.</summary>
    public IReadOnlyList<string> ImageFolders => Name is null ? ["."] : [Name, $"images/{Name}", "images", "."];

    /// <summary>The sets of a folder or file, in the order of their names; none where it is no such folder.</summary>
    public static IReadOnlyList<CocoSet> In(string path)
    {
        if (File.Exists(path))
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            return NameOf(path) is { } name
                ? [new CocoSet(Path.GetFileName(folder) == "annotations" ? Path.GetDirectoryName(folder)! : folder, name, [path])]
                : [new CocoSet(folder, null, [path])];
        }

        if (File.Exists(Path.Combine(path, SingleFile))) return [new CocoSet(path, null, [Path.Combine(path, SingleFile)])];
        string[] files = [.. new[] { path, Path.Combine(path, "annotations") }.SelectMany(f => FolderFiles.Files(f, "*.json")).Where(f => NameOf(f) is not null)];
        return [.. files.GroupBy(f => NameOf(f)!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new CocoSet(path, g.Key, [.. g.OrderBy(f => Path.GetFileName(f).StartsWith("captions", StringComparison.Ordinal))]))];
    }

    /// <summary>The sets that options ask for.</summary>
    /// <exception cref="PellucidException">There is none.</exception>
    public static IReadOnlyList<CocoSet> In(string path, string wanted)
    {
        IReadOnlyList<CocoSet> all = In(path);
        if (all.Count == 0) throw new PellucidException($"'{path}' has neither {SingleFile} nor instances_*.json nor captions_*.json, in it or in its folder annotations");
        if (wanted.Length == 0) return all;
        string[] names = [.. all.Select(s => s.Name).OfType<string>()];
        return names.Contains(wanted, StringComparer.Ordinal)
            ? [.. all.Where(s => s.Name == wanted)]
            : throw new PellucidException($"'{path}' has no annotations of a set '{wanted}'; it has {(names.Length == 0 ? "none with a name" : string.Join(", ", names))}{NearestNames.Suffix(wanted, names)}");
    }

    private static string? NameOf(string file) => FileName().Match(Path.GetFileName(file)) is { Success: true } match ? match.Groups["set"].Value : null;

    [GeneratedRegex(@"^(instances|captions)_(?<set>[A-Za-z0-9_-]+)\.json$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();
}
