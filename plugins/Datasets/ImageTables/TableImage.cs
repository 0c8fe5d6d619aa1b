using Pellucid.Abstractions.Datasets;

namespace Pellucid.Plugins.Datasets.ImageTables;

/// <summary>What the rows of a table say about an image.</summary>
internal sealed class TableImage(string name, FileImage file, DatasetLocation location)
{
    private readonly List<string> _captions = [];
    private readonly List<string> _labels = [];
    private readonly List<DatasetRegion> _regions = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);

    public string Name => name;

    public DatasetLocation Location => location;

    public string? Split { get; set; }

    public void Add(string? caption, IEnumerable<string> labels, DatasetRegion? region)
    {
        if (caption is not null && !_captions.Contains(caption, StringComparer.Ordinal)) _captions.Add(caption);
        foreach (string label in labels) if (!_labels.Contains(label, StringComparer.Ordinal)) _labels.Add(label);
        if (region is not null) _regions.Add(region);
    }

    public void Note(string key, IReadOnlyList<string> values)
    {
        if (values.Count > 0) _metadata[key] = string.Join("; ", values);
    }

    public DatasetItem ToItem() => new()
    {
        Id = name.Replace('\\', '/'),
        Image = file,
        Captions = _captions,
        Labels = _labels,
        Regions = _regions,
        Split = Split,
        Metadata = _metadata,
        Location = location,
    };
}
