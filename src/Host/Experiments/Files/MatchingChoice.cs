using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Experiments.Files;

/// <summary>How well image and text match.</summary>
/// <param name="Score">Which form of the score.</param>
public sealed record MatchingChoice(ScoreKind Score = ScoreKind.Cosine) : TargetChoice
{
    /// <inheritdoc/>
    public override bool NeedsText => true;
}
