using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Tokenizers;

/// <summary>Stands in for a tokenizer that is not there: token ids work, texts are refused.</summary>
/// <param name="reason">Why there is none, and what to do.</param>
/// <param name="contextLength">Length of a sequence.</param>
public sealed class MissingTokenizer(string reason, int contextLength) : ITokenizer
{
    /// <summary>Makes one for a checkpoint that brings no vocabulary.</summary>
    /// <param name="path">Model folder or file, for the message.</param>
    /// <param name="contextLength">Length of a sequence.</param>
    /// <param name="files">Files that make a tokenizer of the model's kind, for the message.</param>
    public MissingTokenizer(string path, int contextLength, string files)
        : this($"'{path}' brings no tokenizer: name a folder that holds one ({files}) with --tokenizer <folder>", contextLength)
    {
    }

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

    private PellucidException Error() => new(reason);
}
