using System.Globalization;
using Pellucid.Graphs;
using Pellucid.Host.Data;

namespace Pellucid.Host.Heads;

/// <summary>What a head is fitted to: images, and for each some values or a class.</summary>
/// <param name="Images">Image files.</param>
/// <param name="Outputs">Names of the values, or of the classes in ordinal order.</param>
/// <param name="Values">A row of values an image; empty for classes.</param>
/// <param name="Labels">Class of each image; empty for values.</param>
public sealed record HeadData(IReadOnlyList<string> Images, IReadOnlyList<string> Outputs, IReadOnlyList<double[]> Values, IReadOnlyList<int> Labels)
{
    /// <summary>Weights are kept in single precision, and values are squared.</summary>
    private const double Largest = 1e30;

    /// <summary>Reads a CSV file whose first column names images, relative to the file.</summary>
    /// <exception cref="PellucidException">
    /// An image is missing or there twice, a value is no finite number, a column of values is constant, or there are fewer than two classes.
    /// </exception>
    public static HeadData Read(HeadFitSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        CsvTable table = CsvTable.Read(spec.Data);
        if (table.Columns.Count < 2) throw new PellucidException($"'{spec.Data}' has one column; needed are images and at least one column to fit");
        int[] columns = spec.Columns.Count == 0 ? [.. Enumerable.Range(1, table.Columns.Count - 1)] : [.. spec.Columns.Select(table.IndexOf)];
        if (columns.Contains(0)) throw new PellucidException($"\"{table.Columns[0]}\" is the column of the images of '{spec.Data}', which cannot be fitted");
        if (columns.Distinct().Count() != columns.Length) throw new PellucidException("a column is named twice");
        string[] images = PathsOf(table);
        return spec.Method == HeadMethod.Ridge ? OfValues(table, columns, images) : OfClasses(table, columns, images);
    }

    private static string[] PathsOf(CsvTable table)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(table.Path))!;
        HashSet<string> seen = new(StringComparer.Ordinal);
        return [.. table.Rows.Select(row =>
        {
            if (string.IsNullOrWhiteSpace(row.Fields[0])) throw new PellucidException($"'{table.Path}', line {row.Line}: no image is named");
            string path = Path.GetFullPath(Path.Combine(folder, row.Fields[0]));
            if (!File.Exists(path)) throw new PellucidException($"'{table.Path}', line {row.Line}: there is no image '{row.Fields[0]}' ({path})");
            if (!seen.Add(path)) throw new PellucidException($"'{table.Path}', line {row.Line}: the image '{row.Fields[0]}' is there twice");
            return path;
        })];
    }

    private static HeadData OfValues(CsvTable table, int[] columns, string[] images)
    {
        double[][] values = [.. table.Rows.Select(row => Array.ConvertAll(columns, c => Number(table, row, c)))];
        for (int o = 0; o < columns.Length; o++)
        {
            if (values.All(v => v[o] == values[0][o]))
                throw new PellucidException($"'{table.Path}': the column \"{table.Columns[columns[o]]}\" is {values[0][o].ToString("G6", CultureInfo.InvariantCulture)} for all {values.Length} images, so there is nothing to fit");
            if (values.Max(v => Math.Abs(v[o])) > Largest || values.Max(v => v[o]) - values.Min(v => v[o]) < 1 / Largest)
                throw new PellucidException($"'{table.Path}': the column \"{table.Columns[columns[o]]}\" has values above 1e30, or all within 1e-30: give them in another unit");
        }

        return new HeadData(images, [.. columns.Select(c => table.Columns[c])], values, []);
    }

    private static HeadData OfClasses(CsvTable table, int[] columns, string[] images)
    {
        if (columns.Length != 1)
            throw new PellucidException($"a logistic head is fitted to one column of classes, and '{table.Path}' has {columns.Length} ({string.Join(", ", columns.Take(6).Select(c => table.Columns[c]))}{(columns.Length > 6 ? ", ..." : string.Empty)}): name one with --column");
        string[] labels = [.. table.Rows.Select(row => row.Fields[columns[0]].Trim() is { Length: > 0 } label
            ? label
            : throw new PellucidException($"'{table.Path}', line {row.Line}: \"{table.Columns[columns[0]]}\" is empty; leave the row out"))];
        string[] classes = [.. labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (classes.Length < 2) throw new PellucidException($"'{table.Path}': all {labels.Length} images have the class \"{classes[0]}\"; needed are at least two classes");
        return new HeadData(images, classes, [], [.. labels.Select(l => Array.IndexOf(classes, l))]);
    }

    private static double Number(CsvTable table, CsvRow row, int column) =>
        double.TryParse(row.Fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new PellucidException($"'{table.Path}', line {row.Line}: \"{row.Fields[column]}\" in column \"{table.Columns[column]}\" is no finite number; leave the row out");
}
