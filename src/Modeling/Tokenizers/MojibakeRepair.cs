using System.Runtime.InteropServices;
using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>
/// Undoes the commonest accident that befalls text: UTF-8 bytes read as Windows-1252 or Latin-1
/// (<c>cafÃ©</c> for <c>café</c>). A run of characters is repaired where its bytes are valid UTF-8 and the characters
/// would hardly be written on purpose.
/// </summary>
internal static class MojibakeRepair
{
    // Reading UTF-8 wrongly three times in a row has been seen; more is no accident.
    private const int MaxRounds = 5;

    // Characters that people do write after a letter, so that "Brontë…”" and "CAFÉ™" stay what they are.
    private const string Everyday = "\u00A0«»‘’“”‚„‹›–—…•°´®©™·¡¿²³";

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The text with such runs repaired, repeatedly where they were misread more than once.</summary>
    public static string Repair(string text)
    {
        for (int round = 0; round < MaxRounds; round++)
        {
            string repaired = RepairOnce(text);
            if (string.Equals(repaired, text, StringComparison.Ordinal)) break;
            text = repaired;
        }

        return text;
    }

    private static string RepairOnce(string text)
    {
        if (Ascii.IsValid(text)) return text;
        List<Run> runs = FindRuns(text, out bool allHighCharactersAreInRuns);
        if (!runs.Exists(run => run.Convincing)) return text;
        var result = new StringBuilder(text.Length);
        int at = 0;
        foreach (Run run in runs)
        {
            // One convincing run in a text that is UTF-8 from end to end speaks for the doubtful ones too.
            if (!run.Convincing && !allHighCharactersAreInRuns) continue;
            result.Append(text, at, run.Start - at).Append(run.Repaired);
            at = run.End;
        }

        return result.Append(text, at, text.Length - at).ToString();
    }

    private static List<Run> FindRuns(string text, out bool allHighCharactersAreInRuns)
    {
        var runs = new List<Run>();
        allHighCharactersAreInRuns = true;
        for (int i = 0; i < text.Length;)
        {
            int start = i;
            int sequences = 0;
            bool convincing = false;
            for (int length; (length = SequenceLength(text, i)) > 0; i += length)
            {
                sequences++;
                convincing |= IsConvincing(text.AsSpan(i, length));
            }

            if (sequences > 0)
            {
                runs.Add(new Run(start, i, convincing || sequences > 1, Decode(text.AsSpan(start, i - start))!));
            }
            else
            {
                allHighCharactersAreInRuns &= text[i] < 0x80;
                i++;
            }
        }

        return runs;
    }

    /// <summary>Number of characters of the UTF-8 sequence that starts here, or 0.</summary>
    private static int SequenceLength(string text, int start)
    {
        if (start >= text.Length) return 0;
        int length = Windows1252.ToByte(text[start]) switch
        {
            >= 0xC2 and <= 0xDF => 2,
            >= 0xE0 and <= 0xEF => 3,
            >= 0xF0 and <= 0xF4 => 4,
            _ => 0,
        };
        return length > 0 && start + length <= text.Length && Decode(text.AsSpan(start, length)) is not null ? length : 0;
    }

    private static string? Decode(ReadOnlySpan<char> characters)
    {
        byte[] bytes = new byte[characters.Length];
        for (int i = 0; i < bytes.Length; i++)
        {
            int value = Windows1252.ToByte(characters[i]);
            if (value < 0x80) return null;
            bytes[i] = (byte)value;
        }

        try
        {
            return StrictUtf8.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsConvincing(ReadOnlySpan<char> sequence)
    {
        // Â and Ã before a continuation byte, and â€, are what misread Latin letters and quotation marks look like.
        if (sequence[0] is 'Â' or 'Ã' || sequence is ['â', '€', _] or ['ï', '»', '¿']) return true;
        return sequence[1..].ContainsAnyExcept(Everyday);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Run(int Start, int End, bool Convincing, string Repaired);
}
