namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Which features are removed first.</summary>
public enum RemovalOrder
{
    /// <summary>Those that the map marks most (MoRF).</summary>
    MostRelevant,

    /// <summary>Those that the map marks least (LeRF).</summary>
    LeastRelevant,
}
