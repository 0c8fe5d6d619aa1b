using Pellucid.Abstractions.Metrics;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Evaluating;

/// <summary>What a metric says of an explainer.</summary>
public sealed record MetricEstimate
{
    /// <summary>Id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The metric as canonical text.</summary>
    public required string Metric { get; init; }

    /// <summary>The explainer as canonical text.</summary>
    public required string Explainer { get; init; }

    /// <summary>Which values are better.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>The mean over images (over an image's targets first), or the pooled value, with a 95 % interval over images; null where no image has a value.</summary>
    public required MeanEstimate? Value { get; init; }

    /// <summary>Whether the value belongs to the data set and is no mean.</summary>
    public required bool Pooled { get; init; }

    /// <summary>Units of this model and explainer.</summary>
    public required int Units { get; init; }

    /// <summary>Units with a value, or counted in the pool.</summary>
    public required int Measured { get; init; }

    /// <summary>Units that failed, or whose metric failed.</summary>
    public required int Failed { get; init; }

    /// <summary>How many units have no value, by reason.</summary>
    public required IReadOnlyDictionary<string, int> WithoutValue { get; init; }
}
