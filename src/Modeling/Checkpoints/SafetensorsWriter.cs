using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>
/// Writes .safetensors files: the same tensors and metadata give the same bytes whatever their order, and the file appears
/// under its name only when it is complete. Header keys are sorted; data are laid out by element size (largest first), then by
/// name, so that every tensor is aligned to its element size.
/// </summary>
public static class SafetensorsWriter
{
    /// <summary>Writes tensors to a file, replacing it if it exists.</summary>
    /// <param name="path">Target; its folder is made if missing.</param>
    /// <param name="tensors">Names and tensors of any shape and element type; names must differ and not be <c>__metadata__</c>.</param>
    /// <param name="metadata">Free-form strings for the header.</param>
    /// <exception cref="ArgumentException">A name is not allowed or occurs twice.</exception>
    /// <exception cref="IOException">The file cannot be written; nothing is left behind.</exception>
    public static void Write(string path, IEnumerable<KeyValuePair<string, HostTensor>> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        WriteParts(
            path,
            tensors.Select(t => new Part(t.Key, new TensorType(t.Value.ElementType, t.Value.Shape), stream => WriteElements(t.Value, stream))),
            metadata);

    /// <summary>A tensor whose bytes are produced when their turn comes.</summary>
    internal sealed record Part(string Name, TensorType Type, Action<Stream> Write);

    internal static void WriteParts(string path, IEnumerable<Part> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        Part[] parts = [.. tensors.OrderByDescending(p => p.Type.Element.SizeInBytes()).ThenBy(p => p.Name, StringComparer.Ordinal)];
        byte[] header = Header(parts, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> prefix = stackalloc byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix);
            stream.Write(header);
            foreach (Part part in parts) part.Write(stream);
        });
    }

    private static byte[] Header(Part[] parts, IReadOnlyDictionary<string, string>? metadata)
    {
        var entries = new SortedDictionary<string, (Part Part, long Begin, long End)>(StringComparer.Ordinal);
        long position = 0;
        foreach (Part part in parts)
        {
            if (part.Name == "__metadata__") throw new ArgumentException("a tensor cannot be named __metadata__", nameof(parts));
            long end = checked(position + (part.Type.Shape!.ElementCount() * part.Type.Element.SizeInBytes()));
            if (!entries.TryAdd(part.Name, (part, position, end))) throw new ArgumentException($"two tensors are named '{part.Name}'", nameof(parts));
            position = end;
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach ((string key, string value) in metadata.OrderBy(p => p.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }

            foreach ((string name, (Part part, long begin, long end)) in entries)
            {
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsTypes.NameOf(part.Type.Element));
                json.WriteStartArray("shape");
                foreach (long dimension in part.Type.Shape!) json.WriteNumberValue(dimension);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of 8 keep the data aligned in a mapping.
        while (buffer.Length % 8 != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteElements(HostTensor tensor, Stream stream)
    {
        if (tensor.Length > 0) stream.Write(tensor.Bytes);
    }
}
