using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Files;

/// <summary>An experiment cannot be run as it is written. The message lists all that is wrong, each with file, line and column.</summary>
/// <param name="problems">What is wrong; at least one.</param>
public sealed class ExperimentException(IReadOnlyList<ExperimentProblem> problems) : PellucidException(Describe(problems))
{
    /// <summary>What is wrong, in the order of the file.</summary>
    public IReadOnlyList<ExperimentProblem> Problems { get; } = problems;

    private const int Shown = 30;

    private static string Describe(IReadOnlyList<ExperimentProblem> problems) => problems.Count == 1
        ? problems[0].ToString()
        : $"{problems.Count} things in the experiment cannot be used:\n  {string.Join("\n  ", problems.Take(Shown))}{(problems.Count > Shown ? $"\n  ... and {problems.Count - Shown} more" : string.Empty)}";
}
