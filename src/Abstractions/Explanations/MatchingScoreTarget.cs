using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Explanations;

/// <summary>How well the image matches a text.</summary>
/// <param name="Text">The text with its embedding.</param>
/// <param name="Score">Which form of the score.</param>
public sealed record MatchingScoreTarget(TextInput Text, ScoreKind Score = ScoreKind.Cosine) : EmbeddingTarget
{
    /// <inheritdoc/>
    public override string Kind => "matching-score/" + Score.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public override string Describe() => $"{Score.ToString().ToLowerInvariant()} with \"{Text.Tokens.Text}\"";

    /// <inheritdoc/>
    public override bool Explains(Modality side) => true;

    /// <inheritdoc/>
    public override float[] Parameters(int width) => Fitting(Text, width).ToArray();

    /// <inheritdoc/>
    public override Value Append(GraphBuilder g, IFusionRule fusion, Value embeds, Value parameters)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        return fusion.Score(g, embeds, parameters, Score);
    }

    /// <inheritdoc/>
    public override ValueTask<float[]> EvaluateAsync(IFusionRule fusion, HostTensor embeds, CancellationToken cancellationToken = default)
    {
        int width = (int)embeds.Shape[1];
        return Each(embeds, (e, start) => fusion.Score(e.Floats.Slice(start, width), Fitting(Text, width), Score));
    }

    /// <inheritdoc/>
    public override LinearForm? Linear(IFusionRule fusion, int width) =>
        Score == ScoreKind.Linear ? new LinearForm(fusion.DimensionWeights(Fitting(Text, width))) : null;
}
