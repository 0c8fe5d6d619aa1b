using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>The second pass over a set: its images, each with its annotations.</summary>
internal sealed class CocoItems : IDisposable
{
    private readonly CocoSet _set;
    private readonly CocoIndex _index;
    private readonly ImagePlaces _places;
    private readonly DatasetRequest _request;
    private readonly FileStream[] _files;

    public CocoItems(CocoSet set, CocoIndex index, ImagePlaces places, DatasetRequest request)
    {
        _set = set;
        _index = index;
        _places = places;
        _request = request;
        _files = [.. set.Files.Select(DataFiles.Open)];
    }

    /// <summary>The images of all files, each once.</summary>
    public IEnumerable<DatasetItem> Read(CancellationToken cancellationToken)
    {
        Dictionary<long, int> seen = [];
        for (int file = 0; file < _set.Files.Count; file++)
        {
            using JsonRecords records = new(_set.Files[file]);
            while (records.Read(out JsonRecord record))
            {
                if (record.List != "images") continue;
                cancellationToken.ThrowIfCancellationRequested();
                if (Item(record, file, seen) is { } item) yield return item;
            }
        }
    }

    public void Dispose()
    {
        foreach (FileStream file in _files) file.Dispose();
    }

    private DatasetItem? Item(JsonRecord record, int file, Dictionary<long, int> seen)
    {
        if (record.IsRejected(_request)) return null;
        using JsonDocument document = record.Parse();
        JsonElement image = document.RootElement;
        DatasetLocation location = record.Location;
        if (JsonFields.Text(image, "file_name") is not { Length: > 0 } name || JsonFields.Id(image, "id") is not { } id)
        {
            _request.Reject(location, "an image needs an id (a whole number) and a file_name (a text)");
            return null;
        }

        if (!seen.TryAdd(id, file))
        {
            // The files of a set all list the images that they are about.
            if (seen[id] == file) _request.Reject(location, $"the image id {id} stands there twice");
            return null;
        }

        if (_places.Find(name, location, _request) is not { } found) return null;
        (List<string> captions, List<DatasetRegion> regions) = Annotations(id);
        return new DatasetItem
        {
            Id = _set.Name is null ? name : $"{_set.Name}/{name}",
            Image = found,
            Location = location,
            Captions = JsonFields.Texts(image, "captions") ?? (JsonFields.Text(image, "caption") is { } caption ? [caption] : captions),
            Labels = JsonFields.Texts(image, "labels") ?? [.. regions.Select(r => r.Label).Distinct(StringComparer.Ordinal)],
            Regions = regions,
            Split = JsonFields.Text(image, "split") ?? _set.Name,
        };
    }

    private (List<string> Captions, List<DatasetRegion> Regions) Annotations(long image)
    {
        List<string> captions = [];
        List<DatasetRegion> regions = [];
        foreach ((JsonSlice slice, int file) in _index.Of(image))
        {
            using JsonDocument document = slice.Parse(_files[file]);
            if (CocoAnnotation.Read(document.RootElement, slice, _index.Categories, out string problem) is not { } annotation) _request.Reject(slice.Location, problem);
            else if (annotation.Region is { } region) regions.Add(region);
            else captions.Add(annotation.Caption!);
        }

        return (captions, regions);
    }
}
