using System.Runtime.InteropServices;
using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>Where the annotations of each image of a set lie: what a first pass over its files keeps.</summary>
internal sealed class CocoIndex
{
    private static readonly string[] Lists = ["annotations", "captions", "caption_annotations"];
    private readonly IReadOnlyList<string> _files;
    private readonly List<CocoEntry> _entries = [];

    private CocoIndex(IReadOnlyList<string> files) => _files = files;

    /// <summary>Names of the categories by id.</summary>
    public Dictionary<long, string> Categories { get; } = [];

    /// <summary>Reads all files of a set once, rejecting annotations that belong to no image.</summary>
    /// <exception cref="PellucidException">A file is no JSON or has no list of images, or a record cannot be used and that is fatal.</exception>
    public static CocoIndex Read(IReadOnlyList<string> files, DatasetRequest request, CancellationToken cancellationToken)
    {
        CocoIndex index = new(files);
        HashSet<long> images = [];
        for (int file = 0; file < files.Count; file++) index.Read(file, images, request, cancellationToken);
        index._entries.Sort();
        foreach (CocoEntry entry in index._entries)
        {
            if (!images.Contains(entry.Image)) request.Reject(index.Slice(entry).Location, $"its image_id {entry.Image} is none of the images");
        }

        return index;
    }

    /// <summary>The annotations of an image, in the order of the files.</summary>
    public IEnumerable<(JsonSlice Slice, int File)> Of(long image)
    {
        int at = First(image);
        for (; at < _entries.Count && _entries[at].Image == image; at++) yield return (Slice(_entries[at]), _entries[at].File);
    }

    private void Read(int file, HashSet<long> images, DatasetRequest request, CancellationToken cancellationToken)
    {
        HashSet<long> ids = [];
        using JsonRecords records = new(_files[file]);
        while (records.Read(out JsonRecord record))
        {
            cancellationToken.ThrowIfCancellationRequested();
            int list = Array.IndexOf(Lists, record.List);
            if (list < 0 && record.List is not ("images" or "categories")) continue;
            // A damaged image is rejected when the images are read; its annotations are none the worse for it.
            if (record.List != "images" && record.IsRejected(request)) continue;
            using JsonDocument document = record.Parse();
            JsonElement root = document.RootElement;
            if (list >= 0) Add(record, root, file, list, ids, request);
            else if (record.List == "categories") AddCategory(record, root, request);
            else if (JsonFields.Id(root, "id") is { } id) images.Add(id);
        }

        if (!records.Names.Contains("images", StringComparer.Ordinal))
            throw new PellucidException($"{_files[file]}: there is no list of images in it; a COCO file has the lists images, annotations and categories");
    }

    private void Add(JsonRecord record, JsonElement root, int file, int list, HashSet<long> ids, DatasetRequest request)
    {
        if (JsonFields.Id(root, "image_id") is not { } image) request.Reject(record.Location, "an annotation needs an image_id (a whole number)");
        else if (list == 0 && JsonFields.Id(root, "id") is { } id && !ids.Add(id)) request.Reject(record.Location, $"the annotation id {id} stands there twice");
        else _entries.Add(new CocoEntry(image, record.Offset, record.Bytes.Length, checked((int)record.Index), (byte)file, (byte)list));
    }

    private void AddCategory(JsonRecord record, JsonElement root, DatasetRequest request)
    {
        if (JsonFields.Id(root, "id") is not { } id || JsonFields.Text(root, "name") is not { Length: > 0 } name) request.Reject(record.Location, "a category needs an id (a whole number) and a name");
        else if (!Categories.TryAdd(id, name) && Categories[id] != name) request.Reject(record.Location, $"the category id {id} is '{Categories[id]}' and '{name}'");
    }

    private JsonSlice Slice(CocoEntry entry)
    {
        string file = _files[entry.File];
        return new JsonSlice(file, entry.Offset, entry.Length, new DatasetLocation(file, Record: $"{Lists[entry.List]}[{entry.Number}] at byte {entry.Offset}"));
    }

    private int First(long image)
    {
        ReadOnlySpan<CocoEntry> entries = CollectionsMarshal.AsSpan(_entries);
        int low = 0, high = entries.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (entries[middle].Image < image) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
