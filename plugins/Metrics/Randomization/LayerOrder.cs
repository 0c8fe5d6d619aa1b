namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>In which order layers are randomized.</summary>
public enum LayerOrder
{
    /// <summary>From the output to the input, each with all above it.</summary>
    TopDown,

    /// <summary>From the input to the output, each with all below it.</summary>
    BottomUp,

    /// <summary>Each alone.</summary>
    Independent,
}
