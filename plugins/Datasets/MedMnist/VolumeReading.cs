namespace Pellucid.Plugins.Datasets.MedMnist;

/// <summary>What becomes of volumes: models take images.</summary>
public enum VolumeReading
{
    /// <summary>Each slice along the first axis is an item.</summary>
    Slices,

    /// <summary>The slice in the middle of the first axis is the item.</summary>
    Middle,

    /// <summary>A volume is a bad record.</summary>
    Refuse,
}
