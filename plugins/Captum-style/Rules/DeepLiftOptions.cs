using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>Options of <see cref="DeepLiftExplainer"/>.</summary>
public record DeepLiftOptions : IValidatableObject
{
    /// <summary>What the image is compared with.</summary>
    [Description("what the image is compared with: zero (the normalized mean color), black, white, random (uniform colors from the seed), blur (the image, blurred), image (of baseline-image)")]
    public string Baseline { get; init; } = "zero";

    /// <summary>File of <c>baseline=image</c>.</summary>
    [Description("baseline=image: the file, prepared as the model prepares every image"), FileOption]
    public string? BaselineImage { get; init; }

    /// <summary>Standard deviation of the blur of <c>baseline=blur</c>.</summary>
    [Description("baseline=blur: standard deviation in pixels of the model's input"), Range(0.1, 1000.0)]
    public double Blur { get; init; } = 10;

    /// <summary>Whether the multipliers are multiplied by the difference of image and baseline.</summary>
    [Description("multiply by image minus baseline (the paper); false: the multipliers themselves")]
    public bool Multiply { get; init; } = true;

    /// <summary>What is done at a max pool.</summary>
    [Description("at a max pool: the ordinary gradient, as Captum in effect does directly behind a ReLU, or its rescale rule, which loses attribution where windows overlap")]
    public MaxPoolRule MaxPool { get; init; } = MaxPoolRule.Gradient;

    /// <summary>Below this difference of an operator's input, its derivative takes the place of the quotient.</summary>
    [Description("difference of an operator's input below which its derivative takes the place of the quotient of differences"), Range(1e-20, 1.0)]
    public double Eps { get; init; } = 1e-10;

    /// <summary>What is done at operators without a rule.</summary>
    [Description("operators without a rescale rule (products of two activations, softmax, layer norm): refuse the model, or take their ordinary gradient, an approximation")]
    public UnsupportedOperators Unsupported { get; init; } = UnsupportedOperators.Refuse;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Paths.Baseline.Fault(Baseline, BaselineImage) is { } fault) yield return new ValidationResult(fault, [nameof(Baseline)]);
    }
}
