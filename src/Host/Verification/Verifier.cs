using Pellucid.Graphs;
using Pellucid.Host.Verification.Comparison;
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

    /// <summary>Runs the suite that a folder is, or all suites that it holds. Of several, one whose files are broken fails and the others are run.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="methodFilter">Only methods whose name contains this; null for all.</param>
    /// <param name="progress">Told what is being done; may be null.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">There is no suite, or one of the files of the suite that the folder is is missing or damaged.</exception>
    public async Task<VerificationReport> RunAsync(
        string folder, string? methodFilter = null, Action<string>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        SuitesFound found = SuiteFinder.Find(folder, Suites.Select(s => s.Kind));
        var models = new ReferenceModels(new ModelLoader(services.ModelAdapters), services.Runner);
        List<SuiteReport> reports = [];
        foreach (SuiteManifest manifest in found.Manifests)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Action<string>? tell = progress is null ? null : done => progress($"{manifest.Kind}: {done}");
            var run = new SuiteRun(services, models, methodFilter, tell);
            IVerificationSuite suite = Array.Find(Suites, s => s.Kind == manifest.Kind) ?? new UnknownSuite(manifest.Kind);
            try
            {
                await suite.RunAsync(manifest, run, cancellationToken);
            }
            catch (Exception fault) when (!found.IsOne && fault is not OperationCanceledException)
            {
                run.Failed(SuiteReport.FilesId, SuiteReport.FilesId, CaseFaults.Describe(fault));
            }

            reports.Add(new SuiteReport(manifest.Kind, manifest.Folder, run.Results));
        }

        reports.AddRange(found.Unreadable.Select(u => new SuiteReport(
            "unreadable", u.Folder, [new CaseResult(SuiteReport.FilesId, SuiteReport.FilesId, CaseOutcome.Failed, u.Reason)])));
        return new VerificationReport(services.Runner.Environment, [.. reports.OrderBy(r => r.Folder, StringComparer.Ordinal)]);
    }
}
