using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>
/// Byte-pair encoding of one word: its bytes as symbols, the last one marked as the word's end, then always the pair of
/// neighbours with the lowest rank merged, everywhere from left to right, until no pair has a merge
/// (Sennrich et al. 2016, algorithm 1). Words are cached; safe for many threads.
/// </summary>
internal sealed class BytePairEncoder
{
    private const int MaxCachedWords = 1 << 16;
    private const int MaxCachedLength = 64;

    private readonly ConcurrentDictionary<string, Symbol[]> _cache = new(StringComparer.Ordinal);
    private readonly Dictionary<long, ClipVocabulary.Merge> _merges;
    private readonly int[] _byteIds = new int[256];
    private readonly int[] _lastByteIds = new int[256];
    private int _cached;

    /// <summary>Makes the encoder.</summary>
    /// <param name="vocabulary">Tokens and merges.</param>
    public BytePairEncoder(ClipVocabulary vocabulary)
    {
        _merges = vocabulary.Merges;
        for (int b = 0; b < 256; b++)
        {
            string character = ByteAlphabet.Characters[b].ToString();
            // A byte without a token can take part in no merge and comes out as -1.
            _byteIds[b] = vocabulary.Tokens.Ids.GetValueOrDefault(character, -1);
            _lastByteIds[b] = vocabulary.Tokens.Ids.GetValueOrDefault(character + ClipVocabulary.WordEnd, -1);
        }
    }

    /// <summary>The word's symbols; ids are -1 for bytes that have no token.</summary>
    /// <param name="word">A word without white space, not empty.</param>
    public Symbol[] Encode(string word)
    {
        if (_cache.TryGetValue(word, out Symbol[]? symbols)) return symbols;
        symbols = Merge(Encoding.UTF8.GetBytes(word));
        if (word.Length <= MaxCachedLength && Volatile.Read(ref _cached) < MaxCachedWords && _cache.TryAdd(word, symbols))
            Interlocked.Increment(ref _cached);
        return symbols;
    }

    private Symbol[] Merge(byte[] bytes)
    {
        int count = bytes.Length;
        var symbols = new Symbol[count];
        // A doubly linked list over the array; a merge keeps the left symbol's place. ByteCount 0 marks a symbol that is gone.
        int[] next = new int[count];
        int[] previous = new int[count];
        for (int i = 0; i < count; i++)
        {
            symbols[i] = new Symbol(i == count - 1 ? _lastByteIds[bytes[i]] : _byteIds[bytes[i]], 1);
            next[i] = i + 1;
            previous[i] = i - 1;
        }

        // Ordered by rank and then from left to right, which is the order of the definition: a pair that a merge creates
        // contains the merged symbol, so it never has the rank that is being worked on.
        var queue = new PriorityQueue<Candidate, (int Rank, int Place)>();
        for (int i = 0; i < count - 1; i++) Offer(i);
        var round = new List<Candidate>();
        while (queue.TryPeek(out _, out (int Rank, int Place) first))
        {
            round.Clear();
            while (queue.TryPeek(out Candidate candidate, out (int Rank, int Place) priority) && priority.Rank == first.Rank)
            {
                queue.Dequeue();
                round.Add(candidate);
            }

            foreach (Candidate candidate in round) Apply(candidate);
        }

        return [.. symbols.Where(s => s.ByteCount > 0)];

        void Offer(int left)
        {
            int right = next[left];
            if (right < count && _merges.TryGetValue(ClipVocabulary.PairKey(symbols[left].Id, symbols[right].Id), out ClipVocabulary.Merge merge))
                queue.Enqueue(new Candidate(left, symbols[left].Id, symbols[right].Id, merge.Id), (merge.Rank, left));
        }

        void Apply(Candidate candidate)
        {
            int left = candidate.Left;
            int right = next[left];
            // Stale: one of the two has been merged with another neighbour since.
            if (symbols[left].ByteCount == 0 || symbols[left].Id != candidate.LeftId || right >= count || symbols[right].Id != candidate.RightId) return;
            symbols[left] = new Symbol(candidate.MergedId, symbols[left].ByteCount + symbols[right].ByteCount);
            symbols[right] = default;
            next[left] = next[right];
            if (next[left] < count)
            {
                previous[next[left]] = left;
                Offer(left);
            }

            if (previous[left] >= 0) Offer(previous[left]);
        }
    }

    /// <summary>One symbol of a word.</summary>
    /// <param name="Id">Its token, or -1.</param>
    /// <param name="ByteCount">How many of the word's UTF-8 bytes it stands for.</param>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Symbol(int Id, int ByteCount);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Candidate(int Left, int LeftId, int RightId, int MergedId);
}
