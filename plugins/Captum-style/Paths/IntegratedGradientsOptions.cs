using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Plugins;
using System.Globalization;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Options of <see cref="IntegratedGradientsExplainer"/>.</summary>
public sealed record IntegratedGradientsOptions : IValidatableObject
{
    /// <summary>Most steps that can be asked for.</summary>
    public const int MostSteps = 10000;

    /// <summary>Number of gradients along the path, or <c>auto</c>.</summary>
    [Description("gradients along the path, 1 to 10000; auto: doubles from 16 until the convergence delta is within the tolerance")]
    public string Steps { get; init; } = "50";

    /// <summary>How the integral becomes a sum.</summary>
    [Description("quadrature; trapezoid-library is Captum's riemann_trapezoid, whose weights sum to 1 - 1/n")]
    public QuadratureRule Method { get; init; } = QuadratureRule.GaussLegendre;

    /// <summary>Where the path starts.</summary>
    [Description("where the path starts: zero (the normalized mean color), black, white, random (uniform colors from the seed), blur (the image, blurred), image (of baseline-image)")]
    public string Baseline { get; init; } = "zero";

    /// <summary>File of <c>baseline=image</c>.</summary>
    [Description("baseline=image: the file, prepared as the model prepares every image"), FileOption]
    public string? BaselineImage { get; init; }

    /// <summary>Standard deviation of the blur of <c>baseline=blur</c>.</summary>
    [Description("baseline=blur: standard deviation in pixels of the model's input"), Range(0.1, 1000.0)]
    public double Blur { get; init; } = 10;

    /// <summary>Whether the integral is multiplied by the difference of image and baseline.</summary>
    [Description("multiply by image minus baseline (the paper); false: the mean gradient along the path")]
    public bool Multiply { get; init; } = true;

    /// <summary>Tolerance of <c>steps=auto</c>.</summary>
    [Description("steps=auto: largest convergence delta, as a fraction of the score difference"), Range(1e-5, 1.0)]
    public double Tolerance { get; init; } = 0.01;

    /// <summary>Where <c>steps=auto</c> gives up.</summary>
    [Description("steps=auto: most steps; the delta is reported all the same"), Range(16, MostSteps)]
    public int MaxSteps { get; init; } = 1024;

    /// <summary>The number of steps; null for <c>auto</c>.</summary>
    internal int? FixedSteps => Steps == "auto" ? null : int.Parse(Steps, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        int least = Method is QuadratureRule.Trapezoid or QuadratureRule.TrapezoidLibrary ? 2 : 1;
        if (Steps != "auto" && !(int.TryParse(Steps, NumberStyles.None, CultureInfo.InvariantCulture, out int steps) && steps >= least && steps <= MostSteps))
            yield return new ValidationResult($"steps cannot be '{Steps}': a whole number from {least} to {MostSteps}, or auto, is needed", [nameof(Steps)]);
        if (Paths.Baseline.Fault(Baseline, BaselineImage) is { } fault) yield return new ValidationResult(fault, [nameof(Baseline)]);
    }
}
