namespace Pellucid.Host.Statistics;

/// <summary>What a paired comparison shows.</summary>
public enum ShownDifference
{
    /// <summary>No difference is shown: there may be one, but these units do not tell.</summary>
    None,

    /// <summary>The first is higher.</summary>
    Higher,

    /// <summary>The first is lower.</summary>
    Lower,
}
