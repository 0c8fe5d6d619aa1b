namespace Pellucid.Graphs.Onnx.Canonical;

/// <summary>
/// The dimensions only known at run time. Shape code is not solved symbolically: it is evaluated twice, each time with
/// another size for every symbol, and whatever differs depends on one. Each symbol has a pair of sizes of its own, so
/// that a result can be traced back to it.
/// </summary>
internal sealed class Symbols
{
    /// <summary>Number of evaluations.</summary>
    public const int Probes = 2;

    /// <summary>Primes, beyond the sizes that models compare with.</summary>
    private static readonly long[] Sizes = [101, 103, 107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167, 173, 179];

    private readonly List<(string Name, string Input, int Axis)> _symbols = [];

    /// <summary>Number of symbols.</summary>
    public int Count => _symbols.Count;

    /// <summary>The symbol of a name, first seen at an axis of an input. Nameless ones are one symbol an input.</summary>
    public int Add(string name, string input, int axis)
    {
        string key = name.Length > 0 ? name : $"{input}.{axis}";
        int known = _symbols.FindIndex(s => string.Equals(s.Name, key, StringComparison.Ordinal));
        if (known >= 0) return known;
        if (_symbols.Count >= Sizes.Length / Probes) throw new GraphException($"more than {Sizes.Length / Probes} dimensions of the inputs are known at run time only; fix some with OnnxImportOptions.InputShapes");
        _symbols.Add((key, input, axis));
        return _symbols.Count - 1;
    }

    /// <summary>Size of a symbol in a probe.</summary>
    public static long Size(int symbol, int probe) => Sizes[(symbol * Probes) + probe];

    /// <summary>The symbol that has these sizes, or -1.</summary>
    public int Find(long first, long second)
    {
        for (int i = 0; i < _symbols.Count; i++) if (Size(i, 0) == first && Size(i, 1) == second) return i;
        return -1;
    }

    /// <summary>The k of a dimension that is k times a symbol; 0 where it is none.</summary>
    public long FactorOf(long first, long second)
    {
        for (int i = 0; i < _symbols.Count; i++)
        {
            if (first % Size(i, 0) == 0 && second % Size(i, 1) == 0 && first / Size(i, 0) == second / Size(i, 1)) return first / Size(i, 0);
        }

        return 0;
    }

    /// <summary>Where a symbol can be read off at run time.</summary>
    public (string Input, int Axis) Source(int symbol) => (_symbols[symbol].Input, _symbols[symbol].Axis);
}
