using System.Globalization;
using System.Text;

namespace Pellucid.Host.Output;

/// <summary>CSV after RFC 4180 with line feeds, so that equal content is equal bytes.</summary>
internal sealed class CsvText
{
    private readonly StringBuilder _csv = new();

    /// <summary>Adds a row; null is an empty cell.</summary>
    public CsvText Row(params IEnumerable<string?> cells)
    {
        _csv.AppendJoin(',', cells.Select(Cell)).Append('\n');
        return this;
    }

    /// <summary>The text as UTF-8.</summary>
    public byte[] ToBytes() => Encoding.UTF8.GetBytes(_csv.ToString());

    /// <summary>A number with all its digits.</summary>
    public static string? Number(double? value) => value?.ToString("R", CultureInfo.InvariantCulture);

    private static string Cell(string? text) => text is null ? string.Empty
        : text.AsSpan().ContainsAny(",\"\n\r") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
