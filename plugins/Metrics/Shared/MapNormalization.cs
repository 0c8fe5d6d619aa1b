namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>How a map is scaled before it is measured.</summary>
public enum MapNormalization
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Divided by its own largest absolute value.</summary>
    Max,

    /// <summary>Divided by the largest absolute value of all maps measured at once (Quantus): images influence each other.</summary>
    BatchMax,

    /// <summary>Divided by its own root mean square.</summary>
    Rms,

    /// <summary>Divided by the root mean square of all maps measured at once (Quantus): images influence each other.</summary>
    BatchRms,
}
