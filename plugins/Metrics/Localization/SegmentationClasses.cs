namespace Pellucid.Plugins.Metrics.Localization;

/// <summary>Which classes of a segmentation count.</summary>
public enum SegmentationClasses
{
    /// <summary>Background and foreground.</summary>
    Both,

    /// <summary>The foreground.</summary>
    Foreground,
}
