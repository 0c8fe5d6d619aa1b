namespace Pellucid.Host.Experiments.Files;

/// <summary>What the report of an experiment shows.</summary>
public sealed record ReportChoice
{
    /// <summary>Sections that a report has where none are named.</summary>
    public static readonly IReadOnlyList<string> Standard = ["results", "maps"];

    /// <summary>Title; null for the experiment's name.</summary>
    public string? Title { get; init; }

    /// <summary>Sections in order, in the option grammar; empty for no report.</summary>
    public IReadOnlyList<string> Sections { get; init; } = Standard;
}
