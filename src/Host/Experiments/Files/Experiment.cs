using Pellucid.Abstractions.Models;

namespace Pellucid.Host.Experiments.Files;

/// <summary>
/// An experiment: models x images x targets x explainers x metrics. It is read from a YAML file, or made by a preset, which writes one
/// (<see cref="ExperimentWriter"/>).
/// </summary>
public sealed record Experiment
{
    /// <summary>Name: letters, digits, dots, dashes and underscores.</summary>
    public required string Name { get; init; }

    /// <summary>Seed that all seeds of units follow from.</summary>
    public ulong Seed { get; init; }

    /// <summary>Models: ids, or paths relative to the file's folder.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>Which images.</summary>
    public required DatasetChoice Dataset { get; init; }

    /// <summary>Which texts; may be empty where no target needs one.</summary>
    public IReadOnlyList<TextSource> Texts { get; init; } = [];

    /// <summary>What is explained.</summary>
    public IReadOnlyList<TargetChoice> Targets { get; init; } = [new MatchingChoice(ScoreKind.Cosine)];

    /// <summary>Explainers in the option grammar.</summary>
    public required IReadOnlyList<string> Explainers { get; init; }

    /// <summary>Metrics in the option grammar.</summary>
    public IReadOnlyList<string> Metrics { get; init; } = [];

    /// <summary>How images are brought to the model's input.</summary>
    public ImagePreparation Preparation { get; init; } = ImagePreparation.Model;

    /// <summary>What the report shows.</summary>
    public ReportChoice Report { get; init; } = new();
}
