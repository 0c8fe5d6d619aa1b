namespace Pellucid.Abstractions.Texts;

/// <summary>A word of a text with the run of tokens it was cut into; what a report colours. Punctuation is a word of its own.</summary>
/// <param name="Text">The word as it stands in <see cref="TokenizedText.Text"/>.</param>
/// <param name="FirstToken">Index of its first token in <see cref="TokenizedText.Tokens"/>, which is also the token's position in the sequence.</param>
/// <param name="TokenCount">Number of its tokens, at least 1; fewer than the whole word's where the text was truncated within it.</param>
public sealed record TextWord(string Text, int FirstToken, int TokenCount);
