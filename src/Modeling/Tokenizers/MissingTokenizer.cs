using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>Stands in for the tokenizer of a checkpoint that brings no vocabulary: token ids work, texts are refused.</summary>
/// <param name="path">Model folder or file, for the message.</param>
/// <param name="contextLength">Length of a sequence.</param>
/// <param name="files">Files that make a tokenizer of the model's kind, for the message.</param>
public sealed class MissingTokenizer(string path, int contextLength, string files) : ITokenizer
{
    /// <inheritdoc/>
    public string Kind => "none";

    /// <inheritdoc/>
    public string ContentHash => string.Empty;

    /// <inheritdoc/>
    public int ContextLength => contextLength;

    /// <inheritdoc/>
    public int VocabularySize => 0;

    /// <inheritdoc/>
    public long StartId => throw Error();

    /// <inheritdoc/>
    public long EndId => throw Error();

    /// <inheritdoc/>
    public long PadId => throw Error();

    /// <inheritdoc/>
    public TokenizedText Tokenize(string text) => throw Error();

    /// <inheritdoc/>
    public string Decode(IReadOnlyList<long> ids) => throw Error();

    private PellucidException Error() => new($"'{path}' brings no tokenizer: name a folder that holds one ({files}) with --tokenizer <folder>");
}
