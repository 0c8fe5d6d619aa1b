using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>Options of <see cref="InsertionRetrievalMetric"/>.</summary>
public sealed record InsertionRetrievalOptions : PixelRetrievalOptions
{
    /// <summary>The empty image.</summary>
    [Description("the empty image that pixels are put onto")]
    public FillColor Fill { get; init; } = FillColor.Black;
}
