namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Whose deletion and insertion.</summary>
public enum EraseVariant
{
    /// <summary>The Grad-ECLIP paper's: a fixed share of the pixels a step, every step scored, from the unchanged or the empty image on.</summary>
    Paper,

    /// <summary>
    /// Its repository's: whole pixels a step, rounded down; random colors in 8 bits; insertion leaves out the empty image and ends with the unchanged one; every point weighs alike.
    /// </summary>
    Repository,
}
