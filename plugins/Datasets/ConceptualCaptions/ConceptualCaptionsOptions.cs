using System.ComponentModel;

namespace Pellucid.Plugins.Datasets.ConceptualCaptions;

/// <summary>Options of <see cref="ConceptualCaptionsReader"/>.</summary>
public sealed record ConceptualCaptionsOptions : ImageFileOptions
{
    /// <summary>How the files are named.</summary>
    [Description("How the images were named when they were downloaded.")]
    public ImageNaming Naming { get; set; }
}
