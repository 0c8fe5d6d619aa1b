using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Plugins;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="BatchSufficiencyMetric"/>.</summary>
public sealed record BatchSufficiencyOptions : SufficiencyOptions
{
    /// <summary>Explanations that are compared with each other.</summary>
    [Description("explanations that are compared with each other, in the order of the data set"), Range(2, 100000), PoolOption]
    public int Batch { get; init; } = 64;
}
