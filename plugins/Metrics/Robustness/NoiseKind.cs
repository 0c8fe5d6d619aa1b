namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Noise that is added to images, for every value alone.</summary>
public enum NoiseKind
{
    /// <summary>Uniform between -radius and radius.</summary>
    Uniform,

    /// <summary>Normal with the radius as standard deviation.</summary>
    Normal,

    /// <summary>Uniform between a tenth of the radius and the radius: images become brighter only (Quantus' relative stabilities).</summary>
    Positive,
}
