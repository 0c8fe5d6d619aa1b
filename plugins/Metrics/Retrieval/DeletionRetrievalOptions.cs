using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>Options of <see cref="DeletionRetrievalMetric"/>.</summary>
public sealed record DeletionRetrievalOptions : PixelRetrievalOptions
{
    /// <summary>What deleted pixels become.</summary>
    [Description("what deleted pixels become; the paper's is random")]
    public FillColor Fill { get; init; } = FillColor.Random;
}
