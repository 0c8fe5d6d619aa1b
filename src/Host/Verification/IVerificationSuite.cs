using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification;

/// <summary>A kind of reference suite: knows what its manifests mean and computes their cases.</summary>
internal interface IVerificationSuite
{
    /// <summary>The <c>suite</c> field of its manifests.</summary>
    string Kind { get; }

    /// <summary>Computes every case and notes what became of it.</summary>
    /// <param name="manifest">The suite.</param>
    /// <param name="run">Where results go, and what computes them.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">A file of the suite is missing or damaged.</exception>
    Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken);
}
