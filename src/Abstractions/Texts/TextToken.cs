namespace Pellucid.Abstractions.Texts;

/// <summary>One token of a text, at its position in the sequence the text encoder reads.</summary>
/// <param name="Id">The token's row in the embedding table.</param>
/// <param name="Text">The vocabulary's own spelling, such as <c>cat&lt;/w&gt;</c> (CLIP) or <c>##ing</c> (BERT).</param>
/// <param name="Position">Index into the sequence, from 0; the start token is at 0.</param>
/// <param name="Start">First character (UTF-16) in <see cref="TokenizedText.Text"/>; for an added start or end token, where it was put.</param>
/// <param name="Length">Number of characters (UTF-16) covered; 0 for added start and end tokens. Tokens that share one character's bytes all cover it.</param>
/// <param name="IsSpecial">Whether the token is a marker (start, end, mask ...) and not a piece of language.</param>
public sealed record TextToken(long Id, string Text, int Position, int Start, int Length, bool IsSpecial);
