using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Options of <see cref="ExpectedGradientsExplainer"/>.</summary>
public sealed record ExpectedGradientsOptions : IValidatableObject
{
    private static readonly IReadOnlyList<string> DefaultBackground = [Baseline.Random];

    /// <summary>Number of gradients.</summary>
    [Description("gradients, each at a random place between the image and a baseline drawn from the background"), Range(1, 100000)]
    public int Samples { get; init; } = 200;

    /// <summary>What baselines are drawn from.</summary>
    [Description("what baselines are drawn from, all alike: a list of image files, folders of images, and zero, black, white, random (new colors for each sample), blur"), FileOption]
    public IReadOnlyList<string> Background { get; init; } = DefaultBackground;

    /// <summary>Standard deviation of the blur of the baseline <c>blur</c>.</summary>
    [Description("baseline blur: standard deviation in pixels of the model's input"), Range(0.1, 1000.0)]
    public double Blur { get; init; } = 10;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Background.Count == 0) yield return new ValidationResult("background is empty: name at least one baseline, image file or folder", [nameof(Background)]);
        if (Background.Any(string.IsNullOrWhiteSpace)) yield return new ValidationResult("background has an empty name", [nameof(Background)]);
    }
}
