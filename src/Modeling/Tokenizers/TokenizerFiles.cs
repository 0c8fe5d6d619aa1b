using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>Reads tokenizer files with a limit on their size, and turns what is wrong with them into messages for the user.</summary>
internal static class TokenizerFiles
{
    /// <summary>The largest vocabulary in use is far smaller; a larger file is not a vocabulary.</summary>
    private const int MaxBytes = 64 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A whole file.</summary>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return ReadAll(stream, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"The tokenizer file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What a gzip file holds.</summary>
    public static byte[] Unzip(byte[] content, string path)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(content), CompressionMode.Decompress);
            byte[] unzipped = ReadAll(gzip, path);
            // GZipStream takes a file that breaks off for one that ends; the length in the trailer tells.
            if (content.Length < 18 || BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(^4..)) != (uint)unzipped.Length)
                throw new PellucidException($"{path} is not a sound gzip file: it breaks off or has something after its end.");
            return unzipped;
        }
        catch (InvalidDataException e)
        {
            throw new PellucidException($"{path} is not a sound gzip file: {e.Message}", e);
        }
    }

    /// <summary>The lines of a UTF-8 text; line ends of any system.</summary>
    /// <param name="content">The text.</param>
    /// <param name="path">For messages.</param>
    /// <param name="atMost">Lines after these are left out.</param>
    public static string[] Lines(byte[] content, string path, int atMost = int.MaxValue - 1)
    {
        try
        {
            ReadOnlySpan<byte> bytes = content;
            if (bytes.StartsWith(Encoding.UTF8.Preamble)) bytes = bytes[Encoding.UTF8.Preamble.Length..];
            string text = StrictUtf8.GetString(bytes);
            if (text.Contains('\r')) text = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
            if (text.EndsWith('\n')) text = text[..^1];
            if (text.Length == 0) return [];
            string[] lines = text.Split('\n', atMost + 1);
            return lines.Length > atMost ? lines[..atMost] : lines;
        }
        catch (DecoderFallbackException e)
        {
            throw new PellucidException($"{path} is not UTF-8 text: {e.Message}", e);
        }
    }

    /// <summary>A JSON document whose root is an object.</summary>
    public static JsonDocument Json(byte[] content, string path)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(content);
        }
        catch (JsonException e)
        {
            throw new PellucidException($"{path} is not sound JSON: {e.Message}", e);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
        document.Dispose();
        throw new PellucidException($"{path} must hold a JSON object.");
    }

    /// <summary>Reads an object of token to id, as <c>vocab.json</c> and <c>model.vocab</c> of <c>tokenizer.json</c> are.</summary>
    /// <param name="element">The object.</param>
    /// <param name="path">For messages.</param>
    public static Dictionary<string, int> Vocabulary(JsonElement element, string path)
    {
        if (element.ValueKind != JsonValueKind.Object) throw new PellucidException($"{path}: the vocabulary must be a JSON object of token to id.");
        var ids = new Dictionary<string, int>(element.GetPropertyCount(), StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
        {
            string token;
            try
            {
                token = property.Name;
            }
            catch (InvalidOperationException e)
            {
                throw new PellucidException($"{path}: a token of the vocabulary is not valid Unicode text.", e);
            }

            if (property.Value.ValueKind != JsonValueKind.Number || !property.Value.TryGetInt32(out int id))
                throw new PellucidException($"{path}: the id of token \"{token}\" is {property.Value.GetRawText()}, not an integer.");
            if (!ids.TryAdd(token, id)) throw new PellucidException($"{path}: token \"{token}\" occurs twice.");
        }

        return ids;
    }

    private static byte[] ReadAll(Stream stream, string path)
    {
        using var buffer = new MemoryStream();
        byte[] block = new byte[1 << 16];
        for (int read; (read = stream.Read(block)) > 0;)
        {
            buffer.Write(block, 0, read);
            if (buffer.Length > MaxBytes) throw new PellucidException($"{path} holds more than {MaxBytes >> 20} MB; no tokenizer file is that large.");
        }

        return buffer.ToArray();
    }
}
