using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Tables;

/// <summary>Reads a table of delimited texts in UTF-8 row by row. Empty lines are passed over.</summary>
internal sealed class DelimitedReader : IDisposable
{
    private const int LongestRow = 1 << 20;
    private readonly string _file;
    private readonly char _separator;
    private readonly bool _quotes;
    private readonly StreamReader _reader;
    private readonly StringBuilder _field = new();
    private long _line = 1;

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="separator">What stands between fields.</param>
    /// <param name="quotes">Whether fields may be quoted (RFC 4180).</param>
    public DelimitedReader(string file, char separator, bool quotes)
    {
        _file = file;
        _separator = separator;
        _quotes = quotes;
        _reader = new StreamReader(DataFiles.Open(file), new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true, 1 << 16);
    }

    /// <summary>A table of comma-separated values.</summary>
    public static DelimitedReader Csv(string file) => new(file, ',', quotes: true);

    /// <summary>A table of tab-separated values, where a quote is a character like others.</summary>
    public static DelimitedReader Tsv(string file) => new(file, '\t', quotes: false);

    /// <summary>The next row; null at the end.</summary>
    /// <exception cref="PellucidException">A quote is never closed, or a row is too long.</exception>
    public DelimitedRow? Read()
    {
        while (_reader.Peek() >= 0)
        {
            long line = _line;
            List<string> fields = Row(line);
            if (fields.Count > 1 || fields[0].Length > 0) return new DelimitedRow(_file, line, fields);
        }

        return null;
    }

    public void Dispose() => _reader.Dispose();

    private List<string> Row(long line)
    {
        List<string> fields = [];
        bool quoted = false;
        int length = 0;
        while (_reader.Read() is >= 0 and int next)
        {
            char c = (char)next;
            if (++length > LongestRow) throw new PellucidException($"{_file}:{line}: a row of more than {LongestRow} characters{(quoted ? "; is a quote never closed?" : string.Empty)}");
            if (c == '\n') _line++;
            if (quoted)
            {
                if (c != '"') _field.Append(c);
                else if (_reader.Peek() == '"') _field.Append((char)_reader.Read());
                else quoted = false;
            }
            else if (_quotes && c == '"' && _field.Length == 0) quoted = true;
            else if (c == _separator) Close(fields);
            else if (c == '\n') break;
            else if (c != '\r') _field.Append(c);
        }

        if (quoted) throw new PellucidException($"{_file}:{line}: a quote is never closed");
        Close(fields);
        return fields;
    }

    private void Close(List<string> fields)
    {
        fields.Add(_field.ToString());
        _field.Clear();
    }
}
