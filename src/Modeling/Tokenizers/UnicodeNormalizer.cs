using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>Unicode normalization forms C and D (Unicode Standard Annex 15) without ICU.</summary>
internal static class UnicodeNormalizer
{
    private const int HangulBase = 0xAC00;
    private const int LeadBase = 0x1100;
    private const int VowelBase = 0x1161;
    private const int TailBase = 0x11A7;
    private const int LeadCount = 19;
    private const int VowelCount = 21;
    private const int TailCount = 28;

    /// <summary>Form D: canonical decomposition. Lone surrogates become U+FFFD.</summary>
    public static string ToFormD(string text) => Ascii.IsValid(text) ? text : ToText(Decompose(text));

    /// <summary>Form C: canonical decomposition, then composition. Lone surrogates become U+FFFD.</summary>
    public static string ToFormC(string text)
    {
        if (Ascii.IsValid(text)) return text;
        List<int> points = Decompose(text);
        Compose(points);
        return ToText(points);
    }

    private static List<int> Decompose(string text)
    {
        UnicodeTables tables = UnicodeTables.Instance;
        var points = new List<int>(text.Length);
        foreach (Rune rune in text.EnumerateRunes()) AppendDecomposed(points, rune.Value, tables);
        PutMarksInOrder(points, tables);
        return points;
    }

    private static void AppendDecomposed(List<int> points, int code, UnicodeTables tables)
    {
        int syllable = code - HangulBase;
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount)
        {
            points.Add(LeadBase + (syllable / (VowelCount * TailCount)));
            points.Add(VowelBase + (syllable / TailCount % VowelCount));
            if (syllable % TailCount != 0) points.Add(TailBase + (syllable % TailCount));
        }
        else if (tables.Decompositions.TryGetValue(code, out int[]? parts))
        {
            foreach (int part in parts) AppendDecomposed(points, part, tables);
        }
        else
        {
            points.Add(code);
        }
    }

    /// <summary>Stable sort, by combining class, of every run of characters whose class is not 0.</summary>
    private static void PutMarksInOrder(List<int> points, UnicodeTables tables)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (ClassOf(points[i], tables) == 0) continue;
            int end = i + 1;
            while (end < points.Count && ClassOf(points[end], tables) != 0) end++;
            if (end - i > 1)
            {
                int[] run = [.. points.GetRange(i, end - i).OrderBy(p => ClassOf(p, tables))];
                for (int k = 0; k < run.Length; k++) points[i + k] = run[k];
            }

            i = end;
        }
    }

    private static void Compose(List<int> points)
    {
        UnicodeTables tables = UnicodeTables.Instance;
        int starter = -1;
        int lastClass = -1;
        int write = 0;
        for (int read = 0; read < points.Count; read++)
        {
            int code = points[read];
            int combiningClass = ClassOf(code, tables);
            // A mark is blocked from its starter by any kept mark of the same or a higher class between them.
            if (starter >= 0 && (lastClass < combiningClass || lastClass == -1)
                && TryComposePair(points[starter], code, tables, out int composed))
            {
                points[starter] = composed;
                continue;
            }

            if (combiningClass == 0)
            {
                starter = write;
                lastClass = -1;
            }
            else
            {
                lastClass = combiningClass;
            }

            points[write++] = code;
        }

        points.RemoveRange(write, points.Count - write);
    }

    private static bool TryComposePair(int first, int second, UnicodeTables tables, out int composed)
    {
        int lead = first - LeadBase;
        int vowel = second - VowelBase;
        if (lead is >= 0 and < LeadCount && vowel is >= 0 and < VowelCount)
        {
            composed = HangulBase + (((lead * VowelCount) + vowel) * TailCount);
            return true;
        }

        int syllable = first - HangulBase;
        int tail = second - TailBase;
        if (syllable is >= 0 and < LeadCount * VowelCount * TailCount && syllable % TailCount == 0 && tail is > 0 and < TailCount)
        {
            composed = first + tail;
            return true;
        }

        return tables.Compositions.TryGetValue(UnicodeTables.PairKey(first, second), out composed);
    }

    private static int ClassOf(int code, UnicodeTables tables) => tables.CombiningClasses.GetValueOrDefault(code);

    private static string ToText(List<int> points)
    {
        var text = new StringBuilder(points.Count);
        foreach (int code in points) text.Append(new Rune(code));
        return text.ToString();
    }
}
