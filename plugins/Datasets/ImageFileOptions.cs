using System.ComponentModel;

namespace Pellucid.Plugins.Datasets;

/// <summary>Options of readers whose records name image files.</summary>
public abstract record ImageFileOptions
{
    /// <summary>Folder of the images.</summary>
    [Description("Folder with the images, relative to the data set's; by default where the layout has them.")]
    public string Images { get; set; } = string.Empty;

    /// <summary>What becomes of a record whose image does not exist.</summary>
    [Description("keep: an item without its image fails when it is loaded. reject: it is a bad record.")]
    public MissingImages MissingImages { get; set; }
}
