using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>What the study of Grad-ECLIP is asked for.</summary>
public sealed record GradEclipSpec
{
    /// <summary>Explainers of the paper's tables; the last is the one that the others are compared with.</summary>
    public static readonly IReadOnlyList<string> PaperExplainers =
        ["raw-attention", "attention-rollout", "token-grad-cam", "game", "mask-clip", "clip-surgery", "m2ib", "rise", "grad-eclip"];

    /// <summary>Model: an id or a path.</summary>
    public string Model { get; init; } = "shapes-clip";

    /// <summary>Data set: the name of an embedded one or a path.</summary>
    public string Data { get; init; } = "shapes";

    /// <summary>Reader of the data set in the option grammar; null for the first that knows the place.</summary>
    public string? Reader { get; init; }

    /// <summary>Part of the data set to take; null for all.</summary>
    public string? Split { get; init; }

    /// <summary>Other data sets that pictures are shown of, to see the method on images of other kinds.</summary>
    public IReadOnlyList<string> Domains { get; init; } = [];

    /// <summary>Folder of the results.</summary>
    public required string Out { get; init; }

    /// <summary>Folder of the workspace; null for one in <see cref="Out"/>.</summary>
    public string? Workspace { get; init; }

    /// <summary>Images to take: the first so many; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Explainers of the tables in the option grammar; empty for the paper's.</summary>
    public IReadOnlyList<string> Explainers { get; init; } = [];

    /// <summary>Parts to do, by name (<see cref="GradEclipStudies.Names"/>); empty for all that the data set allows.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Steps of deletion and insertion, of 0.5 % of the pixels each.</summary>
    public int Steps { get; init; } = 100;

    /// <summary>File of published values to show beside ours; null for none.</summary>
    public string? Published { get; init; }

    /// <summary>Seed of the experiments and of the statistics.</summary>
    public ulong Seed { get; init; }

    /// <summary>Targets that go to an explainer together, at most.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Limits for decoding images.</summary>
    public ImageLimits ImageLimits { get; init; } = ImageLimits.Default;
}
