using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites;

/// <summary>The suite "quantus": metrics of explanations. This version has no metrics, so it counts the cases.</summary>
internal sealed class QuantusSuite : IVerificationSuite
{
    /// <inheritdoc/>
    public string Kind => "quantus";

    /// <inheritdoc/>
    public Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        foreach (ManifestCase c in run.Applicable(manifest.Cases)) run.NotImplemented(c.Id, c.Method, "no metric of this name");
        return Task.CompletedTask;
    }
}
