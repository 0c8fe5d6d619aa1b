namespace Pellucid.Plugins.Datasets;

/// <summary>What becomes of a record whose image file does not exist.</summary>
public enum MissingImages
{
    /// <summary>The item stays; it fails, and is counted, when its image is loaded.</summary>
    Keep,

    /// <summary>It is a bad record: fatal, or left out and counted.</summary>
    Reject,
}
