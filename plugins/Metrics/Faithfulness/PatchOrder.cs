namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>In which order squares are filled.</summary>
public enum PatchOrder
{
    /// <summary>Most relevant first.</summary>
    MostRelevant,

    /// <summary>Least relevant first.</summary>
    LeastRelevant,

    /// <summary>At random: what any map must beat.</summary>
    Random,
}
