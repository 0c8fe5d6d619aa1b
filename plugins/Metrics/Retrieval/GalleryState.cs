namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>What stands against a changed image or text where such are looked for.</summary>
public enum GalleryState
{
    /// <summary>The others, changed by as many steps: the whole data set is changed.</summary>
    Changed,

    /// <summary>The others, unchanged: one item of the data set is changed at a time.</summary>
    Unchanged,
}
