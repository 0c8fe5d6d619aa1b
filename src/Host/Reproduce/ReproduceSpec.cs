using Pellucid.Modeling.Imaging;

namespace Pellucid.Host.Reproduce;

/// <summary>What the study of "Envisioning MedCLIP" is asked for.</summary>
public sealed record ReproduceSpec
{
    /// <summary>Images that are explained where no number is named.</summary>
    public const int StandardLimit = 28;

    /// <summary>Model: an id or a path.</summary>
    public string Model { get; init; } = "phantom-medclip";

    /// <summary>Data set: the name of an embedded one or a path.</summary>
    public string Data { get; init; } = "phantom-cxr";

    /// <summary>Folder of the results.</summary>
    public required string Out { get; init; }

    /// <summary>Folder of the workspace; null for one in <see cref="Out"/>.</summary>
    public string? Workspace { get; init; }

    /// <summary>Images that are explained: the first so many.</summary>
    public int Limit { get; init; } = StandardLimit;

    /// <summary>Explainers in the option grammar; empty for the paper's.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Classes to take; empty for all of the prompts file.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>Prompts file; null for the model's own.</summary>
    public string? Prompts { get; init; }

    /// <summary>Gradients along a path in the paper's methods.</summary>
    public int Steps { get; init; } = 16;

    /// <summary>Seed of the experiment and of the statistics.</summary>
    public ulong Seed { get; init; }

    /// <summary>Images that are classified for the AUROC: the first so many; 0 for none.</summary>
    public int ClassifiedImages { get; init; } = 1000;

    /// <summary>Targets that go to an explainer together, at most.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>Limits for decoding images.</summary>
    public ImageLimits ImageLimits { get; init; } = ImageLimits.Default;
}
