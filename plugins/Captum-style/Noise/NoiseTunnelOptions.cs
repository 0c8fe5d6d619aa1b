using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Explanations;

namespace Pellucid.Plugins.CaptumStyle.Noise;

/// <summary>Options of <see cref="NoiseTunnelExplainer"/>.</summary>
public sealed record NoiseTunnelOptions
{
    /// <summary>The explainer that is asked about the noisy images.</summary>
    [Description("explainer that is asked about every noisy image"), Required]
    public IExplainer? Inner { get; init; }

    /// <summary>Number of noisy images.</summary>
    [Description("noisy images"), Range(1, 10000)]
    public int Samples { get; init; } = 25;

    /// <summary>Standard deviation of the noise.</summary>
    [Description("standard deviation of the Gaussian noise; with relative=true as a fraction of the image's range (the paper: 0.1 to 0.2)"), Range(0.0, 100.0)]
    public double Stdev { get; init; } = 0.15;

    /// <summary>Whether <see cref="Stdev"/> is a fraction of the image's largest less its smallest value.</summary>
    [Description("stdev is a fraction of the largest less the smallest pixel value (the paper); false: in normalized pixel values (Captum)")]
    public bool Relative { get; init; } = true;

    /// <summary>What becomes of the attributions.</summary>
    [Description("mean (smoothgrad), mean of squares (smoothgrad-sq) or variance (vargrad) of the attributions")]
    public NoiseTunnelType Type { get; init; } = NoiseTunnelType.Smoothgrad;
}
