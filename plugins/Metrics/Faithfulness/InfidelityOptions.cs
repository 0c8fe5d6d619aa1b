using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="InfidelityMetric"/>.</summary>
public sealed record InfidelityOptions : PerturbationOptions, IValidatableObject
{
    /// <summary>How images are changed.</summary>
    [Description("noise (normal noise is subtracted), squares (each filled alone), cumulative-squares (they stay filled, as in Quantus)")]
    public InfidelityPerturbation Perturbation { get; init; } = InfidelityPerturbation.Noise;

    /// <summary>Noise samples.</summary>
    [Description("perturbation=noise: samples"), Range(1, 100000)]
    public int Samples { get; init; } = 50;

    /// <summary>Standard deviation of the noise.</summary>
    [Description("perturbation=noise: standard deviation, in normalized pixels"), Range(1e-6, 1000.0)]
    public double Sigma { get; init; } = 0.2;

    /// <summary>Sides of the squares.</summary>
    [Description("squares: their sides in pixels; the scores of several are averaged")]
    public IReadOnlyList<int> Sides { get; init; } = [16];

    /// <summary>Whether the map is scaled to fit best.</summary>
    [Description("scale the map so that it fits the score changes best (Captum: normalize)")]
    public bool Scale { get; init; }

    /// <summary>How the map is scaled before.</summary>
    [Description("scale of the map: none, max (by its own largest value), batch-max (Quantus: by the largest of all maps measured at once)")]
    public MapNormalization Normalize { get; init; } = MapNormalization.None;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Sides.Count == 0 || Sides.Any(s => s < 1)) yield return new ValidationResult("sides needs whole numbers of 1 or more", [nameof(Sides)]);
    }
}
