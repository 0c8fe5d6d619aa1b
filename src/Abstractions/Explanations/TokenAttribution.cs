using Pellucid.Abstractions.Texts;

namespace Pellucid.Abstractions.Explanations;

/// <summary>Attribution over the tokens of a text.</summary>
public sealed record TokenAttribution
{
    /// <summary>The text.</summary>
    public required TokenizedText Tokens { get; init; }

    /// <summary>
    /// Importance of each content token (positions 1 to Length - 2, without start and end), 0 or more, summing to 1;
    /// all zeros where <see cref="Undefined"/> says why.
    /// </summary>
    public required IReadOnlyList<float> Importances { get; init; }

    /// <summary>Signed score of every position, padding included, before rectification; [L]. NaN where <see cref="Undefined"/> tells of a division by zero.</summary>
    public required IReadOnlyList<float> Signed { get; init; }

    /// <summary>Why the importances say nothing, or null where they do: no token has a positive score.</summary>
    public string? Undefined { get; init; }

    /// <summary>Importance of each word: the sum over its tokens.</summary>
    public IReadOnlyList<(TextWord Word, float Importance)> Words =>
        [.. Tokens.Words.Select(w => (w, Enumerable.Range(w.FirstToken - 1, w.TokenCount)
            .Where(i => i >= 0 && i < Importances.Count).Sum(i => Importances[i])))];
}
