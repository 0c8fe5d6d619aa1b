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

    /// <summary>Told how much of what report sections compute themselves is done, and of how much; null where nobody asks.</summary>
    public IProgress<(int Done, int Total)>? SectionProgress { get; init; }

    /// <summary>Folder of the workspace.</summary>
    public string WorkspaceFolder => Workspace ?? Path.Combine(Out, "workspace");
}
