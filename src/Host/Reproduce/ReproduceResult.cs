using Pellucid.Host.Experiments;

namespace Pellucid.Host.Reproduce;

/// <summary>A study that was run to its end.</summary>
/// <param name="Run">The experiment.</param>
/// <param name="Setup">What was asked.</param>
/// <param name="Findings">What was measured.</param>
/// <param name="Claims">What follows.</param>
/// <param name="ZeroShot">How well the model classifies; null where that was not asked for.</param>
public sealed record ReproduceResult(ExperimentRun Run, StudySetup Setup, StudyFindings Findings, IReadOnlyList<Claim> Claims, ZeroShot? ZeroShot)
{
    /// <summary>Whether something has no result: units, metrics, or images that were to be classified.</summary>
    public bool Incomplete => Run.Failed.Count > 0 || ZeroShot?.Failures.Count > 0;
}
