using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Tables;

/// <summary>The columns of a table by name; upper and lower case do not count.</summary>
internal sealed class TableColumns
{
    private readonly string _file;

    /// <summary>Takes the names from a table's first row.</summary>
    /// <exception cref="PellucidException">Two columns have one name.</exception>
    public TableColumns(DelimitedRow header)
    {
        _file = header.File;
        Names = [.. header.Fields.Select(f => f.Trim())];
        if (Names.Where(n => n.Length > 0).GroupBy(n => n, StringComparer.OrdinalIgnoreCase).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
            throw new PellucidException($"{header.Location}: two columns are named '{twice.Key}'");
    }

    /// <summary>Names in order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Index of the first column that has one of some names; null where none has.</summary>
    public int? Find(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            for (int i = 0; i < Names.Count; i++) if (Names[i].Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return null;
    }

    /// <summary>Index of a column.</summary>
    /// <exception cref="PellucidException">There is none of that name.</exception>
    public int Need(string name) => Find(name) ?? throw new PellucidException($"{_file}: there is no column '{name}'; there are {string.Join(", ", Names)}{NearestNames.Suffix(name, Names)}");

    /// <summary>The header of a file; null where it cannot be read or is empty.</summary>
    public static TableColumns? Peek(string file)
    {
        try
        {
            using DelimitedReader reader = file.EndsWith(".tsv", StringComparison.OrdinalIgnoreCase) ? DelimitedReader.Tsv(file) : DelimitedReader.Csv(file);
            return reader.Read() is { } header ? new TableColumns(header) : null;
        }
        catch (PellucidException)
        {
            return null;
        }
    }
}
