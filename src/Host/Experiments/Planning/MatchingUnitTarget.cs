using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Host.Options;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>How well the image matches a text.</summary>
/// <param name="About">The text.</param>
/// <param name="Score">Which form of the score.</param>
public sealed record MatchingUnitTarget(string About, ScoreKind Score) : UnitTarget
{
    /// <summary>The texts that this one was chosen among, itself included; null for none.</summary>
    public TextChoices? Choices { get; init; }

    /// <inheritdoc/>
    public override string Kind => "matching-score/" + OptionNames.ToKebab(Score.ToString());

    /// <inheritdoc/>
    public override string Identity => $"matching-score(score={OptionNames.ToKebab(Score.ToString())}, text={SpecWriter.WriteText(About)})";

    /// <inheritdoc/>
    public override string Description => $"{OptionNames.ToKebab(Score.ToString())} with \"{About}\"";

    /// <inheritdoc/>
    public override string? Text => About;

    /// <inheritdoc/>
    public override string CandidatesIdentity => Choices?.Identity ?? string.Empty;

    /// <inheritdoc/>
    public override int CandidateIndex => Choices?.IndexOf(About) ?? -1;

    /// <inheritdoc/>
    public override async Task<(CandidateTexts Texts, int Index)?> CandidatesAsync(EmbeddedTexts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return Choices is null ? null : (await texts.CandidatesAsync(Choices, cancellationToken), CandidateIndex);
    }

    /// <inheritdoc/>
    public override async Task<ExplanationTarget> ResolveAsync(EmbeddedTexts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new MatchingScoreTarget(await texts.GetAsync(About, cancellationToken), Score);
    }
}
