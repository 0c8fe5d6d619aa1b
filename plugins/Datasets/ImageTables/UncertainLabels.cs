namespace Pellucid.Plugins.Datasets.ImageTables;

/// <summary>What a label that is neither 1 nor 0 counts as.</summary>
public enum UncertainLabels
{
    /// <summary>As not there.</summary>
    Negative,

    /// <summary>As there.</summary>
    Positive,

    /// <summary>The image is left out.</summary>
    LeaveOut,
}
