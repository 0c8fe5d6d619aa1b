using System.ComponentModel;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="DeletionMetric"/>.</summary>
public sealed record DeletionOptions : EraseOptions
{
    /// <summary>What deleted pixels become.</summary>
    [Description("what deleted pixels become; the paper's is random")]
    public FillColor Fill { get; init; } = FillColor.Random;
}
