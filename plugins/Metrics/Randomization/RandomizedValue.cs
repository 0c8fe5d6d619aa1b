namespace Pellucid.Plugins.Metrics.Randomization;

/// <summary>Which similarity is the value.</summary>
public enum RandomizedValue
{
    /// <summary>The mean over the layers.</summary>
    Average,

    /// <summary>That of the last layer.</summary>
    Last,
}
