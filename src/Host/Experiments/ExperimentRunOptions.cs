using Pellucid.Abstractions.Reports;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Experiments;

/// <summary>How an experiment is run; nothing here changes a key.</summary>
public sealed record ExperimentRunOptions
{
    /// <summary>Folder of the results.</summary>
    public required string Out { get; init; }

    /// <summary>Folder of the workspace; null for <c>workspace</c> in <see cref="Out"/>.</summary>
    public string? Workspace { get; init; }

    /// <summary>Targets that go to an explainer together, at most.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Limits for decoding images.</summary>
    public ImageLimits ImageLimits { get; init; } = ImageLimits.Default;

    /// <summary>Report sections that a preset brings, by the ids that its experiment names.</summary>
    public IReadOnlyDictionary<string, IReportSection> Sections { get; init; } = new Dictionary<string, IReportSection>(StringComparer.Ordinal);

    /// <summary>Folder of the workspace.</summary>
    public string WorkspaceFolder => Workspace ?? Path.Combine(Out, "workspace");
}
