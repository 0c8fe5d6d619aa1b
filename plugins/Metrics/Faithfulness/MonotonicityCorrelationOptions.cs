using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>Options of <see cref="MonotonicityCorrelationMetric"/>.</summary>
public sealed record MonotonicityCorrelationOptions : FeatureStepOptions
{
    /// <summary>Makes the default: random colors.</summary>
    public MonotonicityCorrelationOptions() => (Fill, Abs) = (FillColor.Random, true);

    /// <summary>Fillings of each group.</summary>
    [Description("random fillings of each group"), Range(1, 10000)]
    public int Samples { get; init; } = 10;
}
