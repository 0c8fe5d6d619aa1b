using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;

namespace Pellucid.Abstractions.Metrics;

/// <summary>
/// Items of one model and one explainer to measure at once. A data set is measured a request at a time; items do not influence each other (but for
/// metrics whose <see cref="MetricTraits.BatchDependence"/> says so), so the number of items in a request changes results by float rounding at most.
/// </summary>
public sealed record MetricRequest
{
    /// <summary>The model.</summary>
    public required IVisionLanguageModel Model { get; init; }

    /// <summary>The items.</summary>
    public required IReadOnlyList<MeasuredItem> Items { get; init; }

    /// <summary>What made the explanations; null where that is not known (maps from a file).</summary>
    public IExplainer? Explainer { get; init; }

    /// <summary>Images in a run of the model, at least 1.</summary>
    public int BatchSize { get; init; } = EvaluationQueue.DefaultBatchSize;

    /// <summary>Progress in [0, 1]; may be null.</summary>
    public IProgress<double>? Progress { get; init; }
}
