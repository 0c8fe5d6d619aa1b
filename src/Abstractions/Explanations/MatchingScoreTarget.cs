using Pellucid.Abstractions.Models;

namespace Pellucid.Abstractions.Explanations;

/// <summary>How well the image matches a text.</summary>
/// <param name="Text">The text with its embedding.</param>
/// <param name="Score">Which form of the score.</param>
public sealed record MatchingScoreTarget(TextInput Text, ScoreKind Score = ScoreKind.Cosine) : ExplanationTarget
{
    /// <inheritdoc/>
    public override string Kind => "matching-score/" + Score.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public override string Describe() => $"{Score.ToString().ToLowerInvariant()} with \"{Text.Tokens.Text}\"";
}
