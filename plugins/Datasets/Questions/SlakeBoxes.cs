using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Questions;

/// <summary>Reads the boxes beside images: a list of objects, each from a name to [x, y, width, height].</summary>
/// <param name="request">Takes what cannot be used.</param>
internal sealed class SlakeBoxes(DatasetRequest request)
{
    private const string FileName = "detection.json";
    private string? _file;
    private IReadOnlyList<DatasetRegion> _boxes = [];

    /// <summary>The boxes of an image; none where it has no such file. Questions about one image follow each other, so the last is kept.</summary>
    public IReadOnlyList<DatasetRegion> Beside(string image)
    {
        string file = Path.Combine(Path.GetDirectoryName(image)!, FileName);
        if (file == _file) return _boxes;
        _file = file;
        return _boxes = File.Exists(file) ? Read(file) : [];
    }

    private List<DatasetRegion> Read(string file)
    {
        List<DatasetRegion> boxes = [];
        using JsonRecords records = new(file);
        while (records.Read(out JsonRecord record))
        {
            if (record.IsRejected(request)) continue;
            using JsonDocument document = record.Parse();
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                request.Reject(record.Location, "a box is an object from a name to four numbers");
                continue;
            }

            Add(boxes, document.RootElement, record.Location);
        }

        return boxes;
    }

    private void Add(List<DatasetRegion> boxes, JsonElement named, DatasetLocation location)
    {
        foreach (JsonProperty property in named.EnumerateObject())
        {
            if (JsonFields.Numbers(property.Value) is [double x, double y, > 0 and double width, > 0 and double height]) boxes.Add(new BoxRegion(property.Name, property.Name, x, y, width, height));
            else request.Reject(location, $"the box of '{property.Name}' is not x, y, width and height");
        }
    }
}
