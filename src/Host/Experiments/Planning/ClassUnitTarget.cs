using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Host.Options;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>A class of a prompt set.</summary>
/// <param name="Prompts">The set.</param>
/// <param name="Class">Name of the class.</param>
/// <param name="Form">Logit or probability.</param>
/// <param name="Score">Which score is ensembled.</param>
public sealed record ClassUnitTarget(PromptChoices Prompts, string Class, ClassScore Form, ScoreKind Score) : UnitTarget
{
    /// <inheritdoc/>
    public override string Kind => $"class/{Form}/{Score}/{Prompts.Identity}";

    /// <inheritdoc/>
    public override string Identity => $"class(class={SpecWriter.WriteText(Class)}, form={OptionNames.ToKebab(Form.ToString())}, score={OptionNames.ToKebab(Score.ToString())}, prompts={Prompts.Identity})";

    /// <inheritdoc/>
    public override string Description => $"{OptionNames.ToKebab(Form.ToString())} of class \"{Class}\" among {Prompts.Classes.Count}";

    /// <inheritdoc/>
    public override string CandidatesIdentity => Prompts.Identity;

    /// <inheritdoc/>
    public override int CandidateIndex => Prompts.IndexOf(Class);

    /// <inheritdoc/>
    public override async Task<(CandidateTexts Texts, int Index)?> CandidatesAsync(EmbeddedTexts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        return (CandidateTexts.Of(await texts.PromptsAsync(Prompts, cancellationToken)), CandidateIndex);
    }

    /// <inheritdoc/>
    public override async Task<ExplanationTarget> ResolveAsync(EmbeddedTexts texts, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(texts);
        PromptSet set = await texts.PromptsAsync(Prompts, cancellationToken);
        return new ClassScoreTarget(set, set.IndexOf(Class), Form, Score);
    }
}
