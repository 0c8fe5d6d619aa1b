using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>
/// The character data that normalization needs, from Data/UnicodeData.txt. The product runs with invariant
/// globalization, where <see cref="string.Normalize()"/> leaves text as it is, so these tables stand in for ICU.
/// </summary>
internal sealed class UnicodeTables
{
    private static readonly Lazy<UnicodeTables> Shared = new(() => new UnicodeTables());

    private UnicodeTables()
    {
        var decompositions = new Dictionary<int, int[]>();
        var compositions = new Dictionary<long, int>();
        var classes = new Dictionary<int, byte>();
        var widths = new Dictionary<int, string>();
        foreach (string line in EmbeddedText.Lines("UnicodeData.txt"))
        {
            string[] parts = line.Split(' ');
            int code = Hex(parts[1]);
            switch (parts[0])
            {
                case "d":
                case "x":
                    int[] pieces = [.. parts.Skip(2).Select(Hex)];
                    decompositions.Add(code, pieces);
                    if (parts[0] == "d") compositions.Add(PairKey(pieces[0], pieces[1]), code);
                    break;
                case "c":
                    byte combiningClass = byte.Parse(parts[3], CultureInfo.InvariantCulture);
                    for (int c = code; c <= Hex(parts[2]); c++) classes.Add(c, combiningClass);
                    break;
                default:
                    widths.Add(code, string.Concat(parts.Skip(2).Select(p => new Rune(Hex(p)).ToString())));
                    break;
            }
        }

        Decompositions = decompositions.ToFrozenDictionary();
        Compositions = compositions.ToFrozenDictionary();
        CombiningClasses = classes.ToFrozenDictionary();
        Widths = widths.ToFrozenDictionary();
    }

    /// <summary>The tables, read on first use: plain ASCII texts never need them.</summary>
    public static UnicodeTables Instance => Shared.Value;

    /// <summary>Code point to its one-step canonical decomposition.</summary>
    public FrozenDictionary<int, int[]> Decompositions { get; }

    /// <summary><see cref="PairKey"/> of two code points to what they compose to.</summary>
    public FrozenDictionary<long, int> Compositions { get; }

    /// <summary>Code point to its canonical combining class; absent means 0.</summary>
    public FrozenDictionary<int, byte> CombiningClasses { get; }

    /// <summary>Full-width, half-width and ideographic-space code points to their ordinary forms.</summary>
    public FrozenDictionary<int, string> Widths { get; }

    /// <summary>Key of an ordered pair of code points.</summary>
    public static long PairKey(int first, int second) => ((long)first << 32) | (uint)second;

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
