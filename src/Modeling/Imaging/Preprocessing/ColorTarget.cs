namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>The channels a pipeline works on.</summary>
public enum ColorTarget
{
    /// <summary>Red, green, blue.</summary>
    Rgb = 0,

    /// <summary>Luma, one channel.</summary>
    Gray = 1,
}
