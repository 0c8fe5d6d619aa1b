using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Experiments.Files;

/// <summary>How much better the image matches each text than others.</summary>
/// <param name="Against">Texts to compare with.</param>
/// <param name="Score">Which form of the scores.</param>
public sealed record ContrastChoice(IReadOnlyList<string> Against, ScoreKind Score = ScoreKind.Cosine) : TargetChoice
{
    /// <inheritdoc/>
    public override bool NeedsText => true;
}
