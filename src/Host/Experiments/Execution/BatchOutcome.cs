using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>What came of a batch.</summary>
/// <param name="Results">Units that were explained.</param>
/// <param name="Failures">Units that were not, and why.</param>
public sealed record BatchOutcome(IReadOnlyList<UnitResult> Results, IReadOnlyList<UnitFailure> Failures);
