using System.Globalization;
using Pellucid.Graphs;
using Pellucid.Host.Data;

namespace Pellucid.Host.Classifying;

/// <summary>
/// Labels of images: a CSV file whose first column is a path, relative to the file, and whose others are classes, with 1 where an image has the
/// class, 0 where it has not, and -1 or nothing where that is not known (the layout of CheXpert).
/// </summary>
public sealed class LabelTable
{
    private const int MostNamed = 20;
    private readonly CsvTable _table;
    private readonly Dictionary<string, CsvRow> _byPath;
    private readonly ILookup<string, CsvRow> _byName;

    private LabelTable(CsvTable table)
    {
        _table = table;
        string folder = Path.GetDirectoryName(Path.GetFullPath(table.Path))!;
        _byPath = new Dictionary<string, CsvRow>(StringComparer.Ordinal);
        foreach (CsvRow row in table.Rows)
        {
            if (!_byPath.TryAdd(Path.GetFullPath(Path.Combine(folder, row.Fields[0])), row)) throw new PellucidException($"'{table.Path}', line {row.Line}: the image '{row.Fields[0]}' is there twice");
        }

        _byName = table.Rows.ToLookup(r => Path.GetFileName(r.Fields[0]), StringComparer.Ordinal);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="PellucidException">It is missing or no such table; the message names the line.</exception>
    public static LabelTable Read(string path) => new(CsvTable.Read(path));

    /// <summary>Nothing, if each of some classes has a column.</summary>
    /// <exception cref="PellucidException">Some have none; the message names all of them.</exception>
    public void RequireClasses(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] columns = [.. _table.Columns.Skip(1)], missing = [.. names.Except(columns, StringComparer.Ordinal)];
        if (missing.Length == 1) throw NoColumn(missing[0]);
        if (missing.Length > 1)
            throw new PellucidException($"{missing.Length} of {names.Count} classes of the prompts are no columns of '{_table.Path}': {Quoted(missing)}. Its columns are {Quoted(columns)}");
    }

    /// <summary>Labels of images for a class.</summary>
    /// <param name="images">Image files. One that lies elsewhere is known by its file name, if only one row has that.</param>
    /// <param name="name">The class: the name of a column.</param>
    /// <exception cref="PellucidException">There is no such column, an image has no row, or a label is none.</exception>
    public bool?[] Of(IReadOnlyList<string> images, string name)
    {
        ArgumentNullException.ThrowIfNull(images);
        int column = _table.Columns.Skip(1).Contains(name, StringComparer.Ordinal)
            ? _table.IndexOf(name)
            : throw NoColumn(name);
        return [.. images.Select(i => Label(RowOf(i), column))];
    }

    private PellucidException NoColumn(string name) => new($"class \"{name}\" of the prompts is no column of '{_table.Path}'{NearestNames.Suffix(name, _table.Columns.Skip(1))}");

    private static string Quoted(string[] names) =>
        string.Join(", ", names.Take(MostNamed).Select(n => $"\"{n}\"")) + (names.Length > MostNamed ? $" and {names.Length - MostNamed} more" : string.Empty);

    private CsvRow RowOf(string image)
    {
        if (_byPath.TryGetValue(Path.GetFullPath(image), out CsvRow? row)) return row;
        CsvRow[] named = [.. _byName[Path.GetFileName(image)]];
        return named.Length == 1
            ? named[0]
            : throw new PellucidException($"'{_table.Path}' has {(named.Length == 0 ? "no row" : $"{named.Length} rows")} for the image '{image}'");
    }

    private bool? Label(CsvRow row, int column)
    {
        string text = row.Fields[column].Trim();
        if (text.Length == 0) return null;
        double value = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
        return value switch
        {
            1 => true,
            0 => false,
            -1 => null,
            _ => throw new PellucidException($"'{_table.Path}', line {row.Line}: the label \"{text}\" of {_table.Columns[column]} is none of 1, 0, -1 and nothing"),
        };
    }
}
