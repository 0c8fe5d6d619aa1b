using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Tables;

namespace Pellucid.Plugins.Datasets.Roco;

/// <summary>Keywords or concepts of images, by id; kept as they are written.</summary>
internal sealed class RocoConcepts
{
    private readonly Dictionary<string, string> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Reads those of a part; empty where it has none. Rows that cannot be used are rejected.</summary>
    /// <exception cref="PellucidException">A file cannot be read, or a row cannot be used and that is fatal.</exception>
    public static RocoConcepts Of(RocoPart part, DatasetRequest request)
    {
        RocoConcepts concepts = new();
        if (part.Concepts is not { } file) return concepts;
        bool text = file.EndsWith(".txt", StringComparison.OrdinalIgnoreCase);
        using DelimitedReader table = text ? DelimitedReader.Tsv(file) : DelimitedReader.Csv(file);
        if (!text) table.Read();
        while (table.Read() is { } row)
        {
            string id = row.Fields[0].Trim(), list = string.Join('\t', row.Fields.Skip(1));
            if (id.Length == 0) request.Reject(row.Location, "the row has no id");
            else if (!concepts._byId.TryAdd(id, text ? list : list.Replace(';', '\t'))) request.Reject(row.Location, $"the id '{id}' stands there twice");
        }

        string mapping = Path.Combine(Path.GetDirectoryName(file)!, "cui_mapping.csv");
        if (!text && File.Exists(mapping)) concepts.ReadNames(mapping);
        return concepts;
    }

    /// <summary>Those of an image, by their names where they are known.</summary>
    public IReadOnlyList<string> this[string id] => _byId.TryGetValue(id, out string? list)
        ? [.. list.Split('\t', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(c => _names.GetValueOrDefault(c, c)).Distinct(StringComparer.Ordinal)]
        : [];

    private void ReadNames(string file)
    {
        using DelimitedReader table = DelimitedReader.Csv(file);
        table.Read();
        while (table.Read() is { } row)
        {
            if (row.Fields.Count >= 2 && row.Fields[1].Trim() is { Length: > 0 } name) _names[row.Fields[0].Trim()] = name;
        }
    }
}
