using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Clip;

/// <summary>Stands in for the tokenizer of a checkpoint that brings no vocabulary: token ids work, texts are refused.</summary>
internal sealed class MissingTokenizer(string path, int contextLength) : ITokenizer
{
    public string Kind => "none";

    public string ContentHash => string.Empty;

    public int ContextLength => contextLength;

    public int VocabularySize => 0;

    public long StartId => throw Error();

    public long EndId => throw Error();

    public long PadId => throw Error();

    public TokenizedText Tokenize(string text) => throw Error();

    public string Decode(IReadOnlyList<long> ids) => throw Error();

    private PellucidException Error() => new(
        $"'{path}' brings no tokenizer: name a folder that holds one (vocab.json with merges.txt, or bpe_simple_vocab_16e6.txt.gz) with --tokenizer <folder>");
}
