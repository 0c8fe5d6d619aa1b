namespace Pellucid.Modeling.Tokenizers;

/// <summary>Windows-1252 with its five unused bytes read as Latin-1, so that every byte has a character and back.</summary>
internal static class Windows1252
{
    // The characters of 0x80 to 0x9F, where Windows-1252 differs from Latin-1.
    private const string High =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    /// <summary>The character of a byte.</summary>
    public static char ToCharacter(byte value) => value is >= 0x80 and <= 0x9F ? High[value - 0x80] : (char)value;

    /// <summary>The byte of a character; C1 controls count as the bytes they are in Latin-1. -1 where there is none.</summary>
    public static int ToByte(char character)
    {
        if (character <= 0xFF) return character;
        int index = High.IndexOf(character);
        return index < 0 ? -1 : 0x80 + index;
    }
}
