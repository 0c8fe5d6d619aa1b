namespace Pellucid.Abstractions.Texts;

/// <summary>A text as a text encoder reads it: ids, and what connects them to the words a person reads.</summary>
/// <param name="Text">The cleaned text the tokens were cut from (clean-up, case folding); token spans index into it.</param>
/// <param name="Ids">Token ids, start and end tokens included, padded to the context length.</param>
/// <param name="Length">Number of ids before padding.</param>
/// <param name="Tokens">The <paramref name="Length"/> tokens in order, start and end tokens included, padding left out.</param>
/// <param name="Words">The words in order; added start and end tokens belong to none.</param>
/// <param name="Truncated">Whether tokens were cut off because the text is longer than the context.</param>
/// <param name="UntruncatedLength">Number of ids, start and end tokens included, the whole text would have had.</param>
public sealed record TokenizedText(
    string Text,
    IReadOnlyList<long> Ids,
    int Length,
    IReadOnlyList<TextToken> Tokens,
    IReadOnlyList<TextWord> Words,
    bool Truncated,
    int UntruncatedLength);
