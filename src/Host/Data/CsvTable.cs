using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Host.Data;

/// <summary>A comma-separated table with a header (RFC 4180: quotes, doubled quotes, line breaks in quotes).</summary>
public sealed class CsvTable
{
    private const int LargestFile = 1 << 30;

    private CsvTable(string path, IReadOnlyList<string> columns, IReadOnlyList<CsvRow> rows) => (Path, Columns, Rows) = (path, columns, rows);

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Column names, in order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Rows behind the header, in order; empty lines are left out.</summary>
    public IReadOnlyList<CsvRow> Rows { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="PellucidException">It is missing or no such table; the message names the line.</exception>
    public static CsvTable Read(string path)
    {
        try
        {
            if (!File.Exists(path)) throw new PellucidException($"there is no file '{path}'");
            return Parse(path, TextFile.Read(path, LargestFile));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"'{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Index of a column.</summary>
    /// <exception cref="PellucidException">There is none of that name; the message lists the nearest names.</exception>
    public int IndexOf(string column)
    {
        for (int i = 0; i < Columns.Count; i++) if (string.Equals(Columns[i], column, StringComparison.Ordinal)) return i;
        throw new PellucidException($"'{Path}' has no column \"{column}\" among its {Columns.Count}{NearestNames.Suffix(column, Columns)}");
    }

    private static CsvTable Parse(string path, string text)
    {
        List<CsvRow> rows = [];
        int position = 0, line = 1;
        while (position < text.Length)
        {
            int start = line;
            List<string> fields = Record(path, text, ref position, ref line);
            if (fields.Count > 1 || fields[0].Length > 0) rows.Add(new CsvRow(start, fields));
        }

        if (rows.Count < 2) throw new PellucidException($"'{path}' has no rows: a header and at least one row are needed");
        IReadOnlyList<string> header = [.. rows[0].Fields.Select(f => f.Trim())];
        if (header.GroupBy(c => c, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice) throw new PellucidException($"'{path}' has two columns \"{twice.Key}\"");
        if (rows.Find(r => r.Fields.Count != header.Count) is { } odd)
            throw new PellucidException($"'{path}', line {odd.Line}: {odd.Fields.Count} fields, the header has {header.Count}");
        return new CsvTable(path, header, rows[1..]);
    }

    private static List<string> Record(string path, string text, ref int position, ref int line)
    {
        List<string> fields = [];
        StringBuilder field = new();
        bool quoted = false;
        int opened = line;
        for (; position < text.Length; position++)
        {
            char c = text[position];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') field.Append(c);
                else if (position + 1 < text.Length && text[position + 1] == '"') field.Append(text[++position]);
                else quoted = false;
            }
            else if (c == '"' && field.Length == 0) (quoted, opened) = (true, line);
            else if (c == ',') Close();
            else if (c == '\n')
            {
                position++;
                break;
            }
            else if (c != '\r') field.Append(c);
        }

        if (quoted) throw new PellucidException($"'{path}', line {opened}: a quote is never closed");
        Close();
        return fields;

        void Close()
        {
            fields.Add(field.ToString());
            field.Clear();
        }
    }
}
