using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Pellucid.Host.Reproduce;

/// <summary>Options of the report section <c>zero-shot</c>.</summary>
public sealed record ZeroShotOptions
{
    /// <summary>Images that are classified.</summary>
    [Range(1, int.MaxValue)]
    [Description("Images that are classified: the first so many of the data set, also those that the experiment does not explain.")]
    public int Images { get; set; } = 1000;
}
