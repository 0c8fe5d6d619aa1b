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

    /// <summary>Writes all files.</summary>
    public void Write(ExperimentResults results, ExperimentPlan plan, RunTally tally, RunTimings timings, byte[]? report, CancellationToken cancellationToken) => Guard(_folder, () =>
    {
        cancellationToken.ThrowIfCancellationRequested();
        Put(Experiment, Encoding.UTF8.GetBytes(ExperimentWriter.ToYaml(plan.Experiment)));
        Put(Summary, SummaryJson.ToBytes(results, plan));
        Put(Provenance, ProvenanceJson.ToBytes(results, plan));
        if (report is not null) Put(Report, report);
        Put(Results, ResultsCsv.ToBytes(results));
        Put(Timings, RunTimingsJson.ToBytes(tally, timings));
        return true;
    });

    private static T Guard<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"results cannot be written to '{folder}': {e.Message}", e);
        }
    }

    private void Put(string name, byte[] content) => AtomicFile.Write(Path.Combine(_folder, name), stream => stream.Write(content));
}
