using Pellucid.Abstractions.Datasets;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Experiments.Planning;

/// <summary>An experiment that was checked and written out as units. Nothing is computed yet.</summary>
public sealed record ExperimentPlan
{
    /// <summary>What was asked.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>Models in order.</summary>
    public required IReadOnlyList<PlannedModel> Models { get; init; }

    /// <summary>Full path of the data set.</summary>
    public required string DatasetPath { get; init; }

    /// <summary>Id of its reader, with the options that were given.</summary>
    public required string Reader { get; init; }

    /// <summary>Images taken, in the data set's order.</summary>
    public required IReadOnlyList<PlannedItem> Items { get; init; }

    /// <summary>Records that were left out.</summary>
    public required IReadOnlyList<BadRecord> BadRecords { get; init; }

    /// <summary>Explainers in order.</summary>
    public required IReadOnlyList<PlannedExplainer> Explainers { get; init; }

    /// <summary>Metrics in order.</summary>
    public required IReadOnlyList<PlannedMetric> Metrics { get; init; }

    /// <summary>Units by model, item and explainer.</summary>
    public required IReadOnlyList<PlannedUnit> Units { get; init; }
}
