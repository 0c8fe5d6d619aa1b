using System.Globalization;
using System.Text;

namespace Pellucid.Host.Output;

/// <summary>CSV after RFC 4180 with line feeds, so that equal content is equal bytes. Rows are written as they come.</summary>
internal sealed class CsvText
{
    private readonly StreamWriter _csv;

    private CsvText(StreamWriter csv) => _csv = csv;

    /// <summary>Writes as UTF-8 to a stream, which stays open.</summary>
    public static void Write(Stream stream, Action<CsvText> write)
    {
        using StreamWriter csv = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16, leaveOpen: true);
        write(new CsvText(csv));
    }

    /// <summary>Adds a row; null is an empty cell.</summary>
    public CsvText Row(params IEnumerable<string?> cells)
    {
        bool first = true;
        foreach (string? cell in cells)
        {
            if (!first) _csv.Write(',');
            _csv.Write(Cell(cell));
            first = false;
        }

        _csv.Write('\n');
        return this;
    }

    /// <summary>A number with all its digits.</summary>
    public static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string Cell(string? text) => text is null ? string.Empty
        : text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
