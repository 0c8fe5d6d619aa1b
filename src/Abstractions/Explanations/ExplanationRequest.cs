using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>One image and what is asked about it.</summary>
public sealed record ExplanationRequest
{
    /// <summary>The model.</summary>
    public required IVisionLanguageModel Model { get; init; }

    /// <summary>The image.</summary>
    public required ImageInput Image { get; init; }

    /// <summary>Targets of one kind; they share a forward pass where the method allows.</summary>
    public required IReadOnlyList<ExplanationTarget> Targets { get; init; }

    /// <summary>Seed of every random draw.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// Draws to replay instead of drawing from <see cref="Seed"/>, by the names that the method documents; null for none. This
    /// is how a result is checked against one made elsewhere.
    /// </summary>
    public IReadOnlyDictionary<string, HostTensor>? Draws { get; init; }

    /// <summary>Whether word importances are wanted too, from explainers that have them.</summary>
    public bool ExplainText { get; init; } = true;

    /// <summary>Progress in [0, 1]; may be null.</summary>
    public IProgress<double>? Progress { get; init; }
}
