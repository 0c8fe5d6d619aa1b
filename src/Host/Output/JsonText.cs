using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Pellucid.Host.Output;

/// <summary>Indented JSON with line feeds on every platform, so that equal content is equal bytes.</summary>
public static class JsonText
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes a document as text, with a final line feed.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="write">Writes one JSON value.</param>
    public static void Write(TextWriter output, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(output);
        output.Write(Encoding.UTF8.GetString(ToBytes(write)));
    }

    /// <summary>A document as UTF-8, with a final line feed.</summary>
    /// <param name="write">Writes one JSON value.</param>
    public static byte[] ToBytes(Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        using MemoryStream buffer = new();
        Write(buffer, write);
        return buffer.ToArray();
    }

    /// <summary>Writes a document as UTF-8, with a final line feed, to a stream, which stays open.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="write">Writes one JSON value; long lists flush now and then, so that they are not held.</param>
    public static void Write(Stream output, Action<Utf8JsonWriter> write)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(write);
        using (Utf8JsonWriter json = new(output, Options)) write(json);
        output.WriteByte((byte)'\n');
    }
}
