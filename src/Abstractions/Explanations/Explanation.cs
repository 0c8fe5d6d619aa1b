using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>What a method says about one target.</summary>
public sealed record Explanation
{
    /// <summary>What was explained.</summary>
    public required ExplanationTarget Target { get; init; }

    /// <summary>Attribution over the image; null where the method gives none.</summary>
    public ImageAttribution? Image { get; init; }

    /// <summary>Attribution over the tokens of the text; null where the method gives none.</summary>
    public TokenAttribution? Text { get; init; }

    /// <summary>Value of the target as the served model computes it.</summary>
    public required double Score { get; init; }

    /// <summary>
    /// Value of the target in the function that was explained. Differs from <see cref="Score"/> where the method
    /// changes the model (single-head attention, say).
    /// </summary>
    public required double ExplainedScore { get; init; }

    /// <summary>Which function was explained: <c>the served model</c>, or what was changed in it.</summary>
    public required string ExplainedFunction { get; init; }

    /// <summary>
    /// The same two values for the text side, where the text was explained through another function; null where not.
    /// </summary>
    public double? ExplainedTextScore { get; init; }

    /// <summary>Score drift: served score minus explained score.</summary>
    public double Drift => Score - ExplainedScore;

    /// <summary>What a reader of the map must know, such as a tolerance that was not reached; null where there is nothing.</summary>
    public string? Warning { get; init; }

    /// <summary>Name of the detail with a map for each word of the text, [words, h, w]: which word meets which part of the image.</summary>
    public const string InteractionsDetail = "interactions";

    /// <summary>Further tensors by name, for verification and for other methods to build on; not shown to users.</summary>
    public IReadOnlyDictionary<string, HostTensor> Details { get; init; } = new Dictionary<string, HostTensor>(StringComparer.Ordinal);
}
