namespace Pellucid.Plugins.CaptumStyle.Rules;

/// <summary>How Guided Grad-CAM brings the layer's map to the size of the input.</summary>
public enum GuidedInterpolation
{
    /// <summary>Bilinear, half-pixel centers, edges clamped: the paper.</summary>
    Bilinear,

    /// <summary>Nearest neighbor: Captum's default.</summary>
    Nearest,
}
