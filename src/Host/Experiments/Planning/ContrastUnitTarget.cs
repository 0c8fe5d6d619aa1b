using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Host.Options;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>How much better the image matches one text than another.</summary>
/// <param name="For">The text that is spoken for.</param>
/// <param name="Against">The text that it is compared with.</param>
/// <param name="Score">Which form of both scores.</param>
public sealed record ContrastUnitTarget(string For, string Against, ScoreKind Score) : UnitTarget
{
    /// <inheritdoc/>
    public override string Kind => "contrast/" + OptionNames.ToKebab(Score.ToString());

    /// <inheritdoc/>
    public override string Identity => $"contrast(score={OptionNames.ToKebab(Score.ToString())}, for={SpecWriter.WriteText(For)}, against={SpecWriter.WriteText(Against)})";

    /// <inheritdoc/>
    public override string Description => $"{OptionNames.ToKebab(Score.ToString())} with \"{For}\" minus that with \"{Against}\"";

    /// <inheritdoc/>
    public override string? Text => For;

    /// <inheritdoc/>
    public override async Task<ExplanationTarget> ResolveAsync(EmbeddedTexts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return new ContrastTarget(await texts.GetAsync(For, cancellationToken), await texts.GetAsync(Against, cancellationToken), Score);
    }
}
