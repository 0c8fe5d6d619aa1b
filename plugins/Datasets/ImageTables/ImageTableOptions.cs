using System.ComponentModel;

namespace Pellucid.Plugins.Datasets.ImageTables;

/// <summary>Options of <see cref="ImageTableReader"/>.</summary>
public sealed record ImageTableOptions : ImageFileOptions
{
    /// <summary>Columns of labels.</summary>
    [Description("Columns that hold 1, 0, -1 or nothing for each image; by default those of CheXpert's 14 findings that there are.")]
    public IReadOnlyList<string> Labels { get; set; } = [];

    /// <summary>What -1 counts as.</summary>
    [Description("What -1 (uncertain) counts as. The findings are noted in the item's metadata in any case.")]
    public UncertainLabels Uncertain { get; set; }

    /// <summary>What an empty field counts as.</summary>
    [Description("What an empty field (not mentioned) counts as.")]
    public UncertainLabels Blank { get; set; }
}
