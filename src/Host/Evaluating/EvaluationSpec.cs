using Pellucid.Abstractions.Datasets;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Evaluating;

/// <summary>What <c>evaluate</c> is asked.</summary>
public sealed record EvaluationSpec
{
    /// <summary>Models: ids or paths.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Which images.</summary>
    public required DatasetChoice Data { get; init; }

    /// <summary>Explainers in the option grammar.</summary>
    public required IReadOnlyList<string> Explainers { get; init; }

    /// <summary>Metrics in the option grammar.</summary>
    public required IReadOnlyList<string> Metrics { get; init; }

    /// <summary>Which texts: <c>ground-truth</c>, <c>prediction</c>, <c>captions</c>, <c>regions</c>, or a file with a text a line.</summary>
    public string Texts { get; init; } = EvaluationPreset.GroundTruth;

    /// <summary>Text with <c>{label}</c> in it, for classes; null for the class alone.</summary>
    public string? Template { get; init; }

    /// <summary>JSON file of classes, each with a list of prompts, instead of a template; null for none.</summary>
    public string? Prompts { get; init; }

    /// <summary>Seed of every random draw.</summary>
    public ulong Seed { get; init; }
}
