using Pellucid.Host.Experiments;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>A study that was run to its end.</summary>
public sealed class GradEclipResult
{
    internal GradEclipResult(IReadOnlyList<(GradEclipStudy Study, ExperimentRun Run)> runs, IReadOnlyList<MethodTable> tables, MethodTimings? timings, IReadOnlyList<string> leftOut, string publishedNote)
    {
        Runs = runs;
        Tables = tables;
        Timings = timings;
        LeftOut = leftOut;
        PublishedNote = publishedNote;
    }

    /// <summary>The parts with their experiments, in order.</summary>
    public IReadOnlyList<(GradEclipStudy Study, ExperimentRun Run)> Runs { get; }

    /// <summary>Parts that the data set or the model does not allow, with reasons.</summary>
    public IReadOnlyList<string> LeftOut { get; }

    /// <summary>Units that have no result, or a metric that failed.</summary>
    public int Failed => Runs.Sum(r => r.Run.Failed.Count);

    /// <summary>What stands beside our numbers of published ones, or why nothing does.</summary>
    public string PublishedNote { get; }

    internal IReadOnlyList<MethodTable> Tables { get; }

    internal MethodTimings? Timings { get; }
}
