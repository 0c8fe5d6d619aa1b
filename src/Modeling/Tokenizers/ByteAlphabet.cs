using System.Collections.Frozen;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>
/// The printable stand-ins of the 256 bytes in byte-level vocabularies (GPT-2, CLIP): a printable Latin-1 byte is its own
/// character, every other byte the next character from U+0100 on.
/// </summary>
internal static class ByteAlphabet
{
    private static readonly FrozenDictionary<char, byte> Bytes;

    static ByteAlphabet()
    {
        int next = 0x100;
        var characters = new char[256];
        for (int b = 0; b < 256; b++) characters[b] = IsPrintable(b) ? (char)b : (char)next++;
        Characters = characters;
        // OpenAI's vocabulary numbers the printable bytes first.
        VocabularyOrder = [.. Enumerable.Range(0, 256).OrderBy(b => IsPrintable(b) ? 0 : 1).Select(b => characters[b])];
        Bytes = Enumerable.Range(0, 256).ToFrozenDictionary(b => characters[b], b => (byte)b);
    }

    /// <summary>Byte to character.</summary>
    public static IReadOnlyList<char> Characters { get; }

    /// <summary>The characters in the order of OpenAI's ids 0 to 255.</summary>
    public static IReadOnlyList<char> VocabularyOrder { get; }

    /// <summary>The byte of a character, false where it stands for none.</summary>
    public static bool TryGetByte(char character, out byte value) => Bytes.TryGetValue(character, out value);

    private static bool IsPrintable(int b) => b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);
}
