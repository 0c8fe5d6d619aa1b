namespace Pellucid.Host.Experiments.Execution;

/// <summary>What a run found and did.</summary>
/// <param name="Units">Units of the plan.</param>
/// <param name="Reused">Units that were there before.</param>
/// <param name="Damaged">Units that were there with a missing or damaged map, and were computed anew.</param>
/// <param name="MetricValues">Metric values of the plan.</param>
/// <param name="MetricValuesReused">Metric values that were there before.</param>
public sealed record RunTally(int Units, int Reused, int Damaged, int MetricValues, int MetricValuesReused);
