namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Whose definition is computed where a published implementation differs from the paper.</summary>
public enum Compatibility
{
    /// <summary>The paper's.</summary>
    Paper,

    /// <summary>That of Quantus, with its defects.</summary>
    Quantus,
}
