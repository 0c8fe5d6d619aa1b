using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Host.Data;

/// <summary>Reads text files that users wrote.</summary>
public static class TextFile
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file in UTF-8, or in UTF-16 where its first bytes say so. Other bytes are refused: read all the same, a text would no longer be the one that was written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">Most bytes that are read.</param>
    /// <exception cref="PellucidException">It is longer, or no such text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static string Read(string path, int most)
    {
        using FileStream file = File.OpenRead(path);
        // Not the length that the system tells: a device or a pipe has none, and no end either.
        using MemoryStream content = new();
        byte[] part = new byte[1 << 16];
        for (int read; (read = file.Read(part)) > 0;)
        {
            if (content.Length + read > most) throw new PellucidException($"'{path}' is larger than {most} bytes");
            content.Write(part, 0, read);
        }

        ReadOnlySpan<byte> bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
        string text = Decode(path, bytes);
        int nothing = text.IndexOf('\0', StringComparison.Ordinal);
        return nothing < 0 ? text : throw new PellucidException($"'{path}', line {text.AsSpan(0, nothing).Count('\n') + 1}: there is a null character, so this is no text file");
    }

    private static string Decode(string path, ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (bytes.StartsWith(Encoding.UTF8.Preamble)) return Strict.GetString(bytes[3..]);
            if (bytes.StartsWith(Encoding.Unicode.Preamble)) return new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes[2..]);
            if (bytes.StartsWith(Encoding.BigEndianUnicode.Preamble)) return new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes[2..]);
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException e)
        {
            int place = Math.Clamp(e.Index, 0, bytes.Length);
            throw new PellucidException($"'{path}', line {bytes[..place].Count((byte)'\n') + 1}: this is no UTF-8: save the file in that encoding", e);
        }
    }
}
