using System.ComponentModel;

namespace Pellucid.Plugins.Datasets.MedMnist;

/// <summary>Options of <see cref="MedMnistReader"/>.</summary>
public sealed record MedMnistOptions
{
    /// <summary>What becomes of volumes.</summary>
    [Description("What becomes of volumes, as no model here takes them whole: every slice, the middle one, or an error for each.")]
    public VolumeReading Volumes { get; set; }

    /// <summary>Names of the classes.</summary>
    [Description("File with the names of the classes, one a line, relative to the data set's folder; by default MedMNIST's own, by the file's name.")]
    public string Classes { get; set; } = string.Empty;
}
