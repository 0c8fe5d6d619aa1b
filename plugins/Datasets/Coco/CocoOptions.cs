using System.ComponentModel;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>Options of <see cref="CocoReader"/>.</summary>
public sealed record CocoOptions : ImageFileOptions
{
    /// <summary>The one set to read.</summary>
    [Description("Read this set alone, such as val2017; by default all for which there are annotations.")]
    public string Set { get; set; } = string.Empty;
}
