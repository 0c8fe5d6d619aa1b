using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Transformers.Dense;

/// <summary>Options of <see cref="ClipSurgeryExplainer"/>.</summary>
public sealed record ClipSurgeryOptions : IValidatableObject
{
    /// <summary>How many of the last image blocks are operated on; null for half of them.</summary>
    [Description("last image blocks with value-value attention (architecture surgery); none: half of them, the published 6 of 12; 0: the model as it is"), Range(0, 1000)]
    public int? Blocks { get; init; }

    /// <summary>Which features are taken away.</summary>
    [Description("redundant features to take away (feature surgery): empty-text, texts (what all texts of the request have in common; the map then depends on them), or none")]
    public RedundantFeatures Redundant { get; init; } = RedundantFeatures.EmptyText;

    /// <summary>What the patch embeddings are divided by.</summary>
    [Description("norm that patch embeddings are divided by: token (the paper) or channel (over all tokens, as the published generate_emap.py of Grad-ECLIP)")]
    public TokenNormalization Normalization { get; init; } = TokenNormalization.Token;

    /// <summary>Prompt templates whose mean embedding stands for a text.</summary>
    [Description("prompt templates with {} for the text, whose mean embedding stands for it, such as [\"a photo of a {}.\", \"a drawing of a {}.\"]; empty: the text as it is")]
    public IReadOnlyList<string> Templates { get; init; } = EmptyList;

    private static IReadOnlyList<string> EmptyList { get; } = [];

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Templates.Where(t => !t.Contains("{}", StringComparison.Ordinal)).Select(t => new ValidationResult($"the template \"{t}\" has no {{}} where the text goes", [nameof(Templates)]));
}
