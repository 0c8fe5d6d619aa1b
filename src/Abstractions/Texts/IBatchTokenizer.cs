using Pellucid.Graphs;

namespace Pellucid.Abstractions.Texts;

/// <summary>
/// The tokenizer of a model whose text embeddings depend on how far a batch is padded. <see cref="ITokenizer.Tokenize"/> gives ids
/// that do not depend on it; this gives those of the model's published code.
/// </summary>
public interface IBatchTokenizer : ITokenizer
{
    /// <summary>Token ids of a batch, int64 [B, L], padded as the published code pads a batch.</summary>
    /// <param name="texts">At least one text.</param>
    /// <exception cref="PellucidException">A text is longer than the tokenizer takes at all.</exception>
    HostTensor TokenizeBatch(IReadOnlyList<string> texts);
}
