using System.Numerics.Tensors;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Abstractions.Explanations;

/// <summary>How much better the image matches one text than another: score(I, For) - score(I, Against).</summary>
/// <param name="For">The text that is spoken for.</param>
/// <param name="Against">The text that it is compared with.</param>
/// <param name="Score">Which form of both scores.</param>
public sealed record ContrastTarget(TextInput For, TextInput Against, ScoreKind Score = ScoreKind.Cosine) : EmbeddingTarget
{
    /// <inheritdoc/>
    public override string Kind => "contrast/" + Score.ToString().ToLowerInvariant();

    /// <inheritdoc/>
    public override string Describe() => $"{Score.ToString().ToLowerInvariant()} with \"{For.Tokens.Text}\" minus that with \"{Against.Tokens.Text}\"";

    /// <inheritdoc/>
    public override float[] Parameters(int width) => [.. Fitting(For, width), .. Fitting(Against, width)];

    /// <inheritdoc/>
    public override Value Append(GraphBuilder g, IFusionRule fusion, Value embeds, Value parameters)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        ArgumentNullException.ThrowIfNull(parameters);
        long width = parameters.Shape[1] / 2;
        return g.Sub(
            fusion.Score(g, embeds, g.Slice(parameters, 1, 0, width), Score),
            fusion.Score(g, embeds, g.Slice(parameters, 1, width, 2 * width), Score));
    }

    /// <inheritdoc/>
    public override ValueTask<float[]> EvaluateAsync(IFusionRule fusion, HostTensor embeds, CancellationToken cancellationToken = default)
    {
        int width = (int)embeds.Shape[1];
        double Of(TextInput text, ReadOnlySpan<float> image) => fusion.Score(image, Fitting(text, width), Score);
        return Each(embeds, (e, start) => Of(For, e.Floats.Slice(start, width)) - Of(Against, e.Floats.Slice(start, width)));
    }

    /// <inheritdoc/>
    public override LinearForm? Linear(IFusionRule fusion, int width)
    {
        ArgumentNullException.ThrowIfNull(fusion);
        if (Score != ScoreKind.Linear) return null;
        float[] weights = fusion.DimensionWeights(Fitting(For, width));
        TensorPrimitives.Subtract(weights, fusion.DimensionWeights(Fitting(Against, width)), weights);
        return new LinearForm(weights);
    }
}
