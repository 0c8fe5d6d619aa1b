using Pellucid.Graphs;
using Pellucid.Host.Experiments;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Models;

namespace Pellucid.Host.Evaluating;

/// <summary>Runs an evaluation: an experiment by the engine, and the statistics of its metrics.</summary>
/// <param name="services">The host's services.</param>
/// <param name="models">Finds and loads models.</param>
/// <param name="clock">For timings and nothing else.</param>
public sealed class EvaluationJob(HostServices services, ModelLocator models, TimeProvider clock)
{
    /// <summary>Runs, or goes on where an earlier run in the same folder stopped.</summary>
    /// <param name="spec">What is asked.</param>
    /// <param name="options">How to run it.</param>
    /// <param name="progress">Told how many units are done, and of how many.</param>
    /// <param name="cancellationToken">Stops; what is done stays.</param>
    /// <exception cref="PellucidException">It cannot be run, or results cannot be written.</exception>
    public async Task<(ExperimentRun Run, Evaluation Evaluation)> RunAsync(EvaluationSpec spec, ExperimentRunOptions options, IProgress<(int Done, int Total)>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var file = ExperimentFile.Of(EvaluationPreset.Create(spec), Environment.CurrentDirectory);
        ExperimentRun run = await new ExperimentRunner(services, models, clock).RunAsync(file, options, progress, cancellationToken);
        // The section that wrote the report has the numbers.
        Evaluation evaluation = run.Sections.OfType<EvaluationSection>().Single().Of(run.Results);
        EvaluationFiles.Write(options.Out, evaluation, run.Results);
        return (run, evaluation);
    }
}
