using Pellucid.Abstractions.Reports;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>One part of the study: an experiment and what the report shows of it.</summary>
/// <param name="Name">Name of the part, and of its folder.</param>
/// <param name="Experiment">The experiment.</param>
/// <param name="Table">Title and note of its table of metrics; null where it has none.</param>
/// <param name="Sections">Sections after the table.</param>
public sealed record GradEclipStudy(string Name, Experiment Experiment, (string Title, string Note)? Table, IReadOnlyList<IReportSection> Sections)
{
    /// <summary>Further numbers of metrics that stand in the table instead of a metric's value, where it has them.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];
}
