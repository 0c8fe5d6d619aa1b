using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>A vocabulary in both directions: token to id and id to token. Every id belongs to at most one token.</summary>
internal sealed class TokenTable
{
    // Far above any real vocabulary; keeps one absurd id from allocating gigabytes.
    private const int MaxId = 1 << 22;

    private readonly Dictionary<string, int> _ids;
    private readonly string?[] _tokens;

    /// <summary>Makes the table.</summary>
    /// <param name="ids">Token to id.</param>
    /// <param name="source">File the vocabulary came from, for messages.</param>
    public TokenTable(Dictionary<string, int> ids, string source)
    {
        if (ids.Count == 0) throw new PellucidException($"{source}: the vocabulary is empty.");
        foreach ((string token, int id) in ids)
        {
            if (id is < 0 or > MaxId) throw new PellucidException($"{source}: token \"{token}\" has the id {id}; ids lie between 0 and {MaxId}.");
        }

        _ids = ids;
        _tokens = new string?[ids.Values.Max() + 1];
        foreach ((string token, int id) in ids)
        {
            if (_tokens[id] is { } other) throw new PellucidException($"{source}: the tokens \"{other}\" and \"{token}\" have the same id {id}.");
            _tokens[id] = token;
        }
    }

    /// <summary>One more than the largest id.</summary>
    public int Size => _tokens.Length;

    /// <summary>Token to id.</summary>
    public IReadOnlyDictionary<string, int> Ids => _ids;

    /// <summary>Looks tokens up by spans, without making strings.</summary>
    public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Lookup => _ids.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The id of a token that must be there.</summary>
    /// <param name="token">The token.</param>
    /// <param name="role">What it is for, for the message.</param>
    /// <param name="source">File, for the message.</param>
    public int Required(string token, string role, string source) => _ids.TryGetValue(token, out int id)
        ? id
        : throw new PellucidException($"{source}: the {role} token \"{token}\" is not in the vocabulary of {_ids.Count} tokens.");

    /// <summary>The token of an id that a caller gave.</summary>
    public string TokenOf(long id) => id >= 0 && id < _tokens.Length && _tokens[id] is { } token
        ? token
        : throw new PellucidException($"There is no token with id {id}; the vocabulary has ids 0 to {_tokens.Length - 1}.");
}
