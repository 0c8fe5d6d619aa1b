using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Metrics;

namespace Pellucid.Abstractions.Reports;

/// <summary>A unit of an experiment with its results.</summary>
public sealed record ReportUnit
{
    // Most units of a large experiment have none of these, so that they share the empty ones.
    private static readonly IReadOnlyDictionary<string, MetricResult> NoMetrics = new Dictionary<string, MetricResult>(StringComparer.Ordinal);
    private static readonly IReadOnlyDictionary<string, string> NoFailures = new Dictionary<string, string>(StringComparer.Ordinal);
    private static readonly IReadOnlyDictionary<string, double> NoNumbers = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>Content hash that identifies it.</summary>
    public required string Key { get; init; }

    /// <summary>Id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The image.</summary>
    public required DatasetItem Item { get; init; }

    /// <summary>What was explained.</summary>
    public required ReportTarget Target { get; init; }

    /// <summary>The explainer as canonical text.</summary>
    public required string Explainer { get; init; }

    /// <summary>Value of the target in the served model; null where the unit failed.</summary>
    public double? Score { get; init; }

    /// <summary>Value of the target in the explained function; null where the unit failed.</summary>
    public double? ExplainedScore { get; init; }

    /// <summary>Which function was explained; null where the unit failed.</summary>
    public string? ExplainedFunction { get; init; }

    /// <summary>Whether the map has negative values that mean evidence against the target.</summary>
    public bool Signed { get; init; }

    /// <summary>Why the map says nothing; null where it does.</summary>
    public string? Undefined { get; init; }

    /// <summary>What a reader of the map must know, such as a tolerance that was not reached or a number that is not finite; null where there is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Why the unit has no result; null where it has one.</summary>
    public string? Failure { get; init; }

    /// <summary>What metrics say, by canonical text of the metric; a metric that failed is not in it.</summary>
    public IReadOnlyDictionary<string, MetricResult> Metrics { get; init; } = NoMetrics;

    /// <summary>Why metrics failed, by canonical text of the metric.</summary>
    public IReadOnlyDictionary<string, string> MetricFailures { get; init; } = NoFailures;

    /// <summary>Value of a metric; null where there is none.</summary>
    /// <param name="metric">Canonical text of the metric.</param>
    public double? Measured(string metric) => Metrics.GetValueOrDefault(metric) is { Status: MetricStatus.Measured } result ? result.Value : null;

    /// <summary>Further numbers of the method by name, such as <c>convergence_delta</c>.</summary>
    public IReadOnlyDictionary<string, double> Numbers { get; init; } = NoNumbers;
}
