namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>Along which axis images are shifted.</summary>
public enum ShiftAxis
{
    /// <summary>To the left and right.</summary>
    Horizontal,

    /// <summary>Up and down.</summary>
    Vertical,
}
