using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Host.Verification.Models;

/// <summary>The tokenizer of a model that takes no texts.</summary>
internal sealed class NoTokenizer(string model) : ITokenizer
{
    public string Kind => "none";

    public string ContentHash => string.Empty;

    public int ContextLength => 0;

    public int VocabularySize => 0;

    public long StartId => throw Error();

    public long EndId => throw Error();

    public long PadId => throw Error();

    public TokenizedText Tokenize(string text) => throw Error();

    public string Decode(IReadOnlyList<long> ids) => throw Error();

    private PellucidException Error() => new($"{model} takes no texts, only their embeddings");
}
