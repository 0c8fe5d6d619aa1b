using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;

namespace Pellucid.Host.Experiments.Files;

/// <summary>Classes described by prompts.</summary>
public sealed record ClassChoice : TargetChoice
{
    /// <summary>Prompts by class: path of a JSON file relative to the experiment file's folder; null for the labels of the data set.</summary>
    public string? Prompts { get; init; }

    /// <summary>Text with <c>{label}</c> in it, the one prompt of each class, where there is no file.</summary>
    public string Template { get; init; } = LabelTexts.Placeholder;

    /// <summary>Which classes are explained for each image; all are chosen among in any case.</summary>
    public TextScope Of { get; init; } = TextScope.Item;

    /// <summary>Logit or probability.</summary>
    public ClassScore Form { get; init; } = ClassScore.Logit;

    /// <summary>Which score is ensembled.</summary>
    public ScoreKind Score { get; init; } = ScoreKind.Logit;

    /// <summary>How scores with the prompts of a class become one.</summary>
    public PromptEnsemble Ensemble { get; init; } = PromptEnsemble.Mean;

    /// <summary>How prompts are padded, for models whose text embeddings depend on it.</summary>
    public PromptPadding Padding { get; init; } = PromptPadding.None;

    /// <inheritdoc/>
    public override bool NeedsText => false;
}
