using System.Text.Json;
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

    /// <summary>The element as a document, to be disposed before the next one is read.</summary>
    public JsonDocument Parse() => JsonDocument.Parse(Bytes);
}
