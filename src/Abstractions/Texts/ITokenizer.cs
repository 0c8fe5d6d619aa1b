namespace Pellucid.Abstractions.Texts;

/// <summary>Turns texts into the ids a model's text encoder was trained on, and back. Implementations may be used from many threads at once.</summary>
public interface ITokenizer
{
    /// <summary>Which algorithm, for people and provenance: <c>clip-bpe</c> or <c>bert-wordpiece</c>, with its text rules, such as <c>clip-bpe/openai</c>.</summary>
    string Kind { get; }

    /// <summary>SHA-256 (lower-case hexadecimal) of the vocabulary and every setting that can change an id; equal hashes mean equal ids.</summary>
    string ContentHash { get; }

    /// <summary>Length of every <see cref="TokenizedText.Ids"/>.</summary>
    int ContextLength { get; }

    /// <summary>Number of ids, special tokens included: one more than the largest id.</summary>
    int VocabularySize { get; }

    /// <summary>Id that begins every sequence.</summary>
    long StartId { get; }

    /// <summary>Id that ends every sequence before padding, truncated or not.</summary>
    long EndId { get; }

    /// <summary>Id that fills a sequence up to <see cref="ContextLength"/>.</summary>
    long PadId { get; }

    /// <summary>
    /// Tokenizes a text. An empty text gives the start and end tokens alone; a text that is too long keeps its first
    /// tokens, ends with <see cref="EndId"/> and says so in <see cref="TokenizedText.Truncated"/>.
    /// </summary>
    /// <param name="text">Any text; lone surrogates count as U+FFFD.</param>
    /// <exception cref="Pellucid.Graphs.PellucidException">The text is longer than the tokenizer takes at all.</exception>
    TokenizedText Tokenize(string text);

    /// <summary>Readable text of a sequence of ids; start, end and padding tokens are left out.</summary>
    /// <param name="ids">Ids below <see cref="VocabularySize"/>.</param>
    /// <exception cref="Pellucid.Graphs.PellucidException">An id is not in the vocabulary.</exception>
    string Decode(IReadOnlyList<long> ids);
}
