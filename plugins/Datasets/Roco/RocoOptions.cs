using System.ComponentModel;

namespace Pellucid.Plugins.Datasets.Roco;

/// <summary>Options of <see cref="RocoReader"/>.</summary>
public sealed record RocoOptions : ImageFileOptions
{
    /// <summary>Which images to read.</summary>
    [Description("radiology, non-radiology or both; the second version of the data set has radiology alone.")]
    public RocoKind Kind { get; set; }
}
