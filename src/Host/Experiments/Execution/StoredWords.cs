using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>Word importances as they are kept.</summary>
/// <param name="Words">Each word with its importance.</param>
/// <param name="Tokens">Importance of each content token.</param>
/// <param name="Signed">Signed score of every position.</param>
/// <param name="Undefined">Why they say nothing; null where they do.</param>
public sealed record StoredWords(IReadOnlyList<StoredWords.Word> Words, IReadOnlyList<float> Tokens, IReadOnlyList<float> Signed, string? Undefined)
{
    /// <summary>A word.</summary>
    /// <param name="Text">The word.</param>
    /// <param name="Importance">0 or more; all words together 1.</param>
    public sealed record Word(string Text, float Importance);

    internal static StoredWords Of(TokenAttribution attribution) =>
        new([.. attribution.Words.Select(w => new Word(w.Word.Text, w.Importance))], attribution.Importances, attribution.Signed, attribution.Undefined);
}
