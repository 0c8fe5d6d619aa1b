namespace Pellucid.Modeling.Tokenizers;

/// <summary>Cuts special tokens that are written out in a text from the rest, before anything else touches it: leftmost first, then longest.</summary>
internal sealed class SpecialTokenSplitter
{
    private readonly string[] _tokens;

    /// <summary>Makes the splitter.</summary>
    /// <param name="tokens">The special tokens; exact, case counts.</param>
    public SpecialTokenSplitter(IEnumerable<string> tokens) =>
        _tokens = [.. tokens.Where(t => t.Length > 0).Distinct(StringComparer.Ordinal).OrderByDescending(t => t.Length).ThenBy(t => t, StringComparer.Ordinal)];

    /// <summary>For hashing: every token that is cut out.</summary>
    public string Description => string.Join('\u001F', _tokens);

    /// <summary>The parts of the text in order; parts between special tokens may be white space alone, never empty.</summary>
    public IEnumerable<(string Part, bool IsSpecial)> Split(string text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (Array.Find(_tokens, t => string.CompareOrdinal(text, i, t, 0, t.Length) == 0) is not { } token) continue;
            if (i > start) yield return (text[start..i], false);
            yield return (token, true);
            start = i + token.Length;
            i = start - 1;
        }

        if (start < text.Length) yield return (text[start..], false);
    }
}
