using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Host.Targets;

namespace Pellucid.Host.Explaining;

/// <summary>What an explanation job found. Holds nothing that depends on the clock or on where the output goes.</summary>
public sealed record ExplainResult
{
    /// <summary>What was asked.</summary>
    public required ExplainJobSpec Spec { get; init; }

    /// <summary>The model.</summary>
    public required ModelDescription Model { get; init; }

    /// <summary>Kind and content hash of the tokenizer.</summary>
    public required (string Kind, string ContentHash) Tokenizer { get; init; }

    /// <summary>What it was computed on.</summary>
    public required ExecutionEnvironment Environment { get; init; }

    /// <summary>Images, in order.</summary>
    public required IReadOnlyList<ExplainedImage> Images { get; init; }

    /// <summary>Targets, in order.</summary>
    public required IReadOnlyList<ExplainedTarget> Targets { get; init; }

    /// <summary>Texts that the targets consist of, each once, in order of appearance.</summary>
    public IReadOnlyList<TextInput> Texts => [.. Targets.SelectMany(t => t.Texts).Distinct()];

    /// <summary>Explainers, in order.</summary>
    public required IReadOnlyList<ChosenExplainer> Explainers { get; init; }

    /// <summary>Results by image, target, explainer, in that order.</summary>
    public required IReadOnlyList<ExplainedCell> Cells { get; init; }

    /// <summary>What the user should know: truncated texts, maps that say nothing.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
