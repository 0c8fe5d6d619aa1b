using System.Text.Json;
using Pellucid.Host.Verification.Manifests;

namespace Pellucid.Host.Verification.Suites;

/// <summary>A suite of a kind that this version does not know: its cases are counted and none is computed.</summary>
/// <param name="kind">The kind.</param>
internal sealed class UnknownSuite(string kind) : IVerificationSuite
{
    /// <inheritdoc/>
    public string Kind => kind;

    /// <inheritdoc/>
    public Task RunAsync(SuiteManifest manifest, SuiteRun run, CancellationToken cancellationToken)
    {
        bool hasCases = manifest.Root.TryGetProperty("cases", out JsonElement cases) && cases.ValueKind == JsonValueKind.Array;
        if (!hasCases && run.Wants(kind)) run.NotImplemented(kind, kind, $"suites of kind '{kind}' are not known");
        foreach (ManifestCase c in hasCases ? run.Applicable(manifest.Cases) : []) run.NotImplemented(c.Id, c.Method, $"suites of kind '{kind}' are not known");
        return Task.CompletedTask;
    }
}
