using System.Text.Json;
using System.Text.Unicode;
using Pellucid.Abstractions.Datasets;

namespace Pellucid.Plugins.Datasets.Json;

/// <summary>An element of one of the lists of a file.</summary>
/// <param name="File">The file.</param>
/// <param name="List">Name of the list; empty where the whole file is one.</param>
/// <param name="Index">Its place in the list, from 0.</param>
/// <param name="Offset">Its first byte in the file.</param>
/// <param name="Bytes">The element; valid until the next one is read.</param>
internal readonly record struct JsonRecord(string File, string List, long Index, long Offset, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Where it stands, for messages.</summary>
    public DatasetLocation Location => new(File, Record: $"{List}[{Index}] at byte {Offset}");

    /// <summary>
    /// Whether the element was rejected because one of its texts is none: bytes that are no UTF-8, or half of a surrogate pair. Readers ask before they look at its properties, so that none of
    /// these is taken for one that is not there.
    /// </summary>
    public bool IsRejected(DatasetRequest request)
    {
        if (Problem() is not { } problem) return false;
        request.Reject(Location, problem);
        return true;
    }

    private string? Problem()
    {
        if (Utf8.IsValid(Bytes.Span) && Bytes.Span.IndexOf("\\u"u8) < 0) return null;
        Utf8JsonReader reader = new(Bytes.Span);
        string? property = null;
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.PropertyName or JsonTokenType.String)) continue;
            try
            {
                string text = reader.GetString()!;
                if (reader.TokenType == JsonTokenType.PropertyName) property = text;
            }
            catch (InvalidOperationException)
            {
                return reader.TokenType == JsonTokenType.PropertyName ? "the name of one of its properties is no text in UTF-8"
                    : property is null ? "it is no text in UTF-8" : $"its {property} is no text in UTF-8";
            }
        }

        return null;
    }

    /// <summary>The element as a document, to be disposed before the next one is read.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Bytes);
}
