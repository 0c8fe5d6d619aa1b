using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Options of <see cref="GradientShapExplainer"/>.</summary>
public sealed record GradientShapOptions : IValidatableObject
{
    private static readonly IReadOnlyList<string> DefaultBaselines = [Baseline.Random];

    /// <summary>Number of gradients.</summary>
    [Description("gradients, each at a random place between a noisy image and a random baseline"), Range(1, 100000)]
    public int Samples { get; init; } = 50;

    /// <summary>Standard deviation of the noise on the image.</summary>
    [Description("standard deviation of the Gaussian noise on the image, in normalized pixel values; 0: expected gradients (Erion et al. 2021)"), Range(0.0, 100.0)]
    public double Stdev { get; init; } = 0.09;

    /// <summary>Baselines of which each sample draws one.</summary>
    [Description("baselines of which each sample draws one: a list of zero, black, white, random (new colors for each sample), blur")]
    public IReadOnlyList<string> Baselines { get; init; } = DefaultBaselines;

    /// <summary>Standard deviation of the blur of the baseline <c>blur</c>.</summary>
    [Description("baseline blur: standard deviation in pixels of the model's input"), Range(0.1, 1000.0)]
    public double Blur { get; init; } = 10;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Baselines.Count == 0) yield return new ValidationResult("baselines is empty: name at least one", [nameof(Baselines)]);
        foreach (string unknown in Baselines.Except(Baseline.Known.Split(", "), StringComparer.Ordinal))
            yield return new ValidationResult($"baselines cannot have '{unknown}': known are {Baseline.Known}", [nameof(Baselines)]);
    }
}
