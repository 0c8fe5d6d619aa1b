using System.Text;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Execution;
using Pellucid.Host.Experiments.Files;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Output;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>The folder of an experiment's results. Each file takes its place complete; results.csv comes last but timings, so it is there when all are.</summary>
internal sealed class ExperimentOutput
{
    public const string Experiment = "experiment.yaml", Results = "results.csv", Summary = "summary.json", Provenance = "provenance.json", Timings = "timings.json", Report = "report.html";

    private readonly string _folder;

    /// <summary>Folders that <see cref="Begin"/> made, the innermost first.</summary>
    private readonly IReadOnlyList<string> _made;

    private ExperimentOutput(string folder, IReadOnlyList<string> made) => (_folder, _made) = (folder, made);

    /// <summary>Makes the folder, so that a place that cannot be written is known before the work.</summary>
    public static ExperimentOutput Begin(string folder) => Guard(folder, () =>
    {
        if (string.IsNullOrWhiteSpace(folder)) throw new PellucidException("the folder for the results has no name");
        if (File.Exists(folder)) throw new PellucidException($"'{folder}' is a file; name a folder for the results");
        List<string> made = [];
        for (string? place = Path.GetFullPath(folder); place is not null && !Directory.Exists(place); place = Path.GetDirectoryName(place)) made.Add(place);
        Directory.CreateDirectory(folder);
        // What a killed process left half-written.
        foreach (string name in new[] { Experiment, Results, Summary, Provenance, Timings, Report })
        {
            foreach (string file in Directory.EnumerateFiles(folder, $".{name}.*.tmp", new EnumerationOptions { AttributesToSkip = FileAttributes.None })) File.Delete(file);
        }

        return new ExperimentOutput(folder, made);
    });

    /// <summary>Takes back what <see cref="Begin"/> made, for an experiment that is refused. Folders that hold something stay.</summary>
    public void Abandon()
    {
        try
        {
            foreach (string folder in _made) Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Something came into it meanwhile, or it is gone: neither is worth hiding why the experiment was refused.
        }
    }

    /// <summary>Writes all files, the report first: where it cannot be made, the others stay as they were.</summary>
    /// <param name="results">What was found.</param>
    /// <param name="plan">What was asked.</param>
    /// <param name="tally">What the run did.</param>
    /// <param name="timings">What it took.</param>
    /// <param name="report">Writes the report; null for none.</param>
    /// <param name="cancellationToken">Stops before and within the report.</param>
    public async Task WriteAsync(ExperimentResults results, ExperimentPlan plan, RunTally tally, RunTimings timings, Func<Stream, Task>? report, CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (report is not null) await AtomicFile.WriteAsync(Path.Combine(_folder, Report), report);
            Put(Experiment, stream => stream.Write(Encoding.UTF8.GetBytes(ExperimentWriter.ToYaml(plan.Experiment))));
            Put(Summary, stream => SummaryJson.Write(stream, results, plan));
            Put(Provenance, stream => ProvenanceJson.Write(stream, results, plan));
            Put(Results, stream => ResultsCsv.Write(stream, results));
            Put(Timings, stream => stream.Write(RunTimingsJson.ToBytes(tally, timings)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(_folder, e);
        }
    }

    private static T Guard<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(folder, e);
        }
    }

    private static PellucidException Unwritable(string folder, Exception e) => new($"results cannot be written to '{folder}': {e.Message}", e);

    private void Put(string name, Action<Stream> write) => AtomicFile.Write(Path.Combine(_folder, name), write);
}
