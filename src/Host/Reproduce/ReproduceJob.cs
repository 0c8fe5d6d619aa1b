using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Models;
using Pellucid.Host.Reproduce.Sections;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Reproduce;

/// <summary>
/// The experiments of Hashmi et al. 2024, "Envisioning MedCLIP: a deep dive into explainability for medical vision-language models": writes an
/// experiment and runs it on the engine of all experiments, then judges what the paper shows by eye.
/// </summary>
/// <param name="services">The host's services.</param>
/// <param name="models">Finds and loads models.</param>
/// <param name="clock">For timings and nothing else.</param>
public sealed class ReproduceJob(HostServices services, ModelLocator models, TimeProvider clock)
{
    /// <summary>File of the claims.</summary>
    public const string ClaimsFile = "claims.json";

    /// <summary>File of the measures by image.</summary>
    public const string MeasuresFile = "measures.csv";

    /// <summary>Sections of the report, in order.</summary>
    public static IReadOnlyList<string> Sections { get; } = ["claims", "figure-1", "figure-2", "measures", "zero-shot"];

    /// <summary>Plans and looks what is there, without computing or keeping anything.</summary>
    /// <exception cref="PellucidException">The study cannot be run.</exception>
    public async Task<(ExperimentPlan Plan, RunTally Tally)> LookAsync(ReproduceSpec spec, CancellationToken cancellationToken)
    {
        StudySetup setup = await new StudyPlanner(services, models).PlanAsync(spec, classify: false, null, cancellationToken);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pellucid-");
        try
        {
            foreach ((string name, byte[] content) in setup.Files()) await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), content, cancellationToken);
            return await new ExperimentRunner(services, models, clock).LookAsync(ExperimentFile.Of(setup.Experiment, folder.FullName), Options(spec, setup, new MapStudy(setup.Layout)), cancellationToken);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs the study.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="classified">Told how many images are classified, and of how many.</param>
    /// <param name="progress">Told how many units are done, and of how many.</param>
    /// <param name="cancellationToken">Abandons the work; what was done before stays.</param>
    /// <exception cref="PellucidException">The study cannot be run, or results cannot be written.</exception>
    public async Task<ReproduceResult> RunAsync(ReproduceSpec spec, IProgress<(int Done, int Total)>? classified, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        StudySetup setup = await new StudyPlanner(services, models).PlanAsync(spec, classify: true, classified, cancellationToken);
        MapStudy study = new(setup.Layout);
        using PresetFiles files = new(spec.Out, setup.Files());
        ExperimentRun run = await new ExperimentRunner(services, models, clock)
            .RunAsync(ExperimentFile.Of(setup.Experiment, Path.GetFullPath(spec.Out)), Options(spec, setup, study), new Begun(files, progress), cancellationToken);
        StudyFindings findings = await study.MeasureAsync(run.Results, cancellationToken);
        IReadOnlyList<Claim> claims = new ClaimJudge(findings, [.. setup.Layout.Methods.Select(m => m.Name)], spec.Seed).Judge();
        Write(spec.Out, MeasuresFile, MeasuresCsv.ToBytes(findings));
        Write(spec.Out, ClaimsFile, ClaimsJson.ToBytes(claims, run.Results, setup.ZeroShot));
        return new ReproduceResult(run, setup, findings, claims);
    }

    private static ExperimentRunOptions Options(ReproduceSpec spec, StudySetup setup, MapStudy study) => new()
    {
        Out = spec.Out,
        Workspace = spec.Workspace,
        BatchSize = spec.BatchSize,
        ImageLimits = spec.ImageLimits,
        Sections = new Dictionary<string, IReportSection>(StringComparer.Ordinal)
        {
            ["claims"] = new ClaimsSection(setup.Layout, study),
            ["figure-1"] = new PlainFigureSection(setup.Layout),
            ["figure-2"] = new FusedFigureSection(setup.Layout),
            ["measures"] = new MeasuresSection(setup.Layout, study),
            ["zero-shot"] = new ZeroShotSection(setup.ZeroShot),
        },
    };

    private static void Write(string folder, string name, byte[] content)
    {
        try
        {
            AtomicFile.Write(Path.Combine(folder, name), stream => stream.Write(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"results cannot be written to '{folder}': {e.Message}", e);
        }
    }

    /// <summary>The engine tells of progress as soon as all checks are behind it.</summary>
    private sealed class Begun(PresetFiles files, IProgress<(int Done, int Total)>? progress) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value)
        {
            files.Keep();
            progress?.Report(value);
        }
    }
}
