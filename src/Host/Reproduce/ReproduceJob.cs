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

    /// <summary>Plans and looks what is there, without computing or keeping anything.</summary>
    /// <exception cref="PellucidException">The study cannot be run.</exception>
    public async Task<(ExperimentPlan Plan, RunTally Tally)> LookAsync(ReproduceSpec spec, CancellationToken cancellationToken)
    {
        StudySetup setup = await new StudyPlanner(services, models).PlanAsync(spec, cancellationToken);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pellucid-");
        try
        {
            foreach ((string name, byte[] content) in setup.Files()) await File.WriteAllBytesAsync(Path.Combine(folder.FullName, name), content, cancellationToken);
            return await new ExperimentRunner(services, models, clock).LookAsync(ExperimentFile.Of(setup.Experiment, folder.FullName), Options(spec, null), cancellationToken);
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
        StudySetup setup = await new StudyPlanner(services, models).PlanAsync(spec, cancellationToken);
        using PresetFiles files = new(spec.Out, setup.Files());
        ExperimentRun run = await new ExperimentRunner(services, models, clock)
            .RunAsync(ExperimentFile.Of(setup.Experiment, Path.GetFullPath(spec.Out)), Options(spec, classified), new Begun(files, progress), cancellationToken);
        // The sections that wrote the report have measured and classified.
        StudyFindings findings = await run.Sections.OfType<ClaimsSection>().Single().Study.Maps.MeasureAsync(run.Results, cancellationToken);
        ZeroShot? zeroShot = run.Sections.OfType<ZeroShotSection>().SingleOrDefault()?.Found[0].Found;
        IReadOnlyList<Claim> claims = new ClaimJudge(findings, [.. setup.Layout.Methods.Select(m => m.Name)], spec.Seed).Judge();
        Write(spec.Out, MeasuresFile, MeasuresCsv.ToBytes(findings));
        Write(spec.Out, ClaimsFile, ClaimsJson.ToBytes(claims, run.Results, zeroShot));
        return new ReproduceResult(run, setup, findings, claims, zeroShot);
    }

    private static ExperimentRunOptions Options(ReproduceSpec spec, IProgress<(int Done, int Total)>? classified) => new()
    {
        Out = spec.Out,
        Workspace = spec.Workspace,
        BatchSize = spec.BatchSize,
        ImageLimits = spec.ImageLimits,
        SectionProgress = classified,
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
