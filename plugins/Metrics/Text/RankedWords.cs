using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Texts;

namespace Pellucid.Plugins.Metrics.Text;

/// <summary>Words of a text by their importance.</summary>
/// <param name="attribution">Importances.</param>
internal sealed class RankedWords(TokenAttribution attribution)
{
    private readonly (TextWord Word, float Importance)[] _words = [.. attribution.Words];

    /// <summary>Number of words.</summary>
    public int Count => _words.Length;

    /// <summary>Numbers of the words in the order of their importance; ties by place.</summary>
    public int[] Order(bool descending = true)
    {
        IEnumerable<int> all = Enumerable.Range(0, _words.Length);
        return [.. descending ? all.OrderByDescending(w => _words[w].Importance) : all.OrderBy(w => _words[w].Importance)];
    }

    /// <summary>Positions in the sequence when only some words are kept: theirs, and those of the marks at both ends, in the order of the text.</summary>
    public int[] Positions(IEnumerable<int> kept)
    {
        HashSet<int> removed = [.. Enumerable.Range(0, _words.Length).Except(kept).SelectMany(w => Enumerable.Range(_words[w].Word.FirstToken, _words[w].Word.TokenCount))];
        return [.. Enumerable.Range(0, attribution.Tokens.Length).Where(p => !removed.Contains(p))];
    }

    /// <summary>Token ids of some positions, padded to the length of the whole text's.</summary>
    public long[] Ids(int[] positions)
    {
        IReadOnlyList<long> ids = attribution.Tokens.Ids;
        long[] shortened = new long[ids.Count];
        Array.Fill(shortened, attribution.Tokens.Length < ids.Count ? ids[^1] : 0);
        for (int i = 0; i < positions.Length; i++) shortened[i] = ids[positions[i]];
        return shortened;
    }
}
