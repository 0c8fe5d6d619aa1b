using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Which pixels go or come at which step.</summary>
public abstract record PixelStepOptions : IValidatableObject
{
    /// <summary>Number of steps.</summary>
    [Description("steps"), Range(1, 100000)]
    public int Steps { get; init; } = 100;

    /// <summary>Share of the pixels in a step.</summary>
    [Description("variant=paper: share of the pixels in a step; all steps together take at most all pixels"), Range(1e-6, 1.0)]
    public double Share { get; init; } = 0.005;

    /// <summary>Steps between measured images.</summary>
    [Description("steps between scored images; the Grad-ECLIP repository takes 10"), Range(1, 100000)]
    public int Every { get; init; } = 1;

    /// <summary>Whose definition.</summary>
    [Description("paper, or repository (int(pixels / (2 steps)) pixels a step, insertion without the empty image but with the whole one at the end)")]
    public EraseVariant Variant { get; init; } = EraseVariant.Paper;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Steps % Every != 0) yield return new ValidationResult($"every cannot be {Every}: it must divide the number of steps, {Steps}", [nameof(Every)]);
        if (Variant == EraseVariant.Paper && Steps * Share > 1 + 1e-9) yield return new ValidationResult($"{Steps} steps of {Share:P} of the pixels are more than all pixels", [nameof(Share)]);
    }
}
