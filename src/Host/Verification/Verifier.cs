using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Host.Verification.Models;
using Pellucid.Host.Verification.Reporting;
using Pellucid.Host.Verification.Suites;
using Pellucid.Host.Verification.Suites.Quantus;

namespace Pellucid.Host.Verification;

/// <summary>Runs reference suites and says what became of every case.</summary>
/// <param name="services">What computes the cases.</param>
public sealed class Verifier(VerificationServices services)
{
    private static readonly IVerificationSuite[] Suites =
    [
        new TinyClipSuite(), new ClipExplainersSuite(), new CaptumSuite(), new PreprocessSuite(), new TokenizersSuite(), new ModelSuite(), new QuantusSuite(),
    ];

    /// <summary>Runs the suite that a folder is, or all suites that it holds.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="methodFilter">Only methods whose name contains this; null for all.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">There is no suite, or one of its files is missing or damaged.</exception>
    public async Task<VerificationReport> RunAsync(
        string folder, string? methodFilter = null, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        IReadOnlyList<SuiteManifest> manifests = SuiteFinder.Find(folder, Suites.Select(s => s.Kind));
        var models = new ReferenceModels(new ModelLoader(services.ModelAdapters), services.Runner);
        List<SuiteReport> reports = [];
        foreach (SuiteManifest manifest in manifests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            IVerificationSuite suite = Array.Find(Suites, s => s.Kind == manifest.Kind) ?? new UnknownSuite(manifest.Kind);
            Action<string>? tell = progress is null ? null : done => progress($"{manifest.Kind}: {done}");
            var run = new SuiteRun(services, models, methodFilter, tell);
            await suite.RunAsync(manifest, run, cancellationToken);
            reports.Add(new SuiteReport(manifest.Kind, manifest.Folder, run.Results));
        }

        return new VerificationReport(services.Runner.Environment, reports);
    }
}
