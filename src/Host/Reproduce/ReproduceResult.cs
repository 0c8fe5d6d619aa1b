using Pellucid.Host.Experiments;

namespace Pellucid.Host.Reproduce;

/// <summary>A study that was run to its end.</summary>
/// <param name="Run">The experiment.</param>
/// <param name="Setup">What was asked.</param>
/// <param name="Findings">What was measured.</param>
/// <param name="Claims">What follows.</param>
public sealed record ReproduceResult(ExperimentRun Run, StudySetup Setup, StudyFindings Findings, IReadOnlyList<Claim> Claims);
