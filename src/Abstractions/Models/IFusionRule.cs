using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>The model's own way from an image and a text embedding to a score.</summary>
public interface IFusionRule
{
    /// <summary>Name, for example <c>cosine</c>.</summary>
    string Name { get; }

    /// <summary>Appends the score to a graph.</summary>
    /// <param name="g">Graph under construction.</param>
    /// <param name="imageEmbeds">[B, E] un-normalized; B may be 1 against many texts.</param>
    /// <param name="textEmbeds">[B, E] un-normalized; B may be 1 against many images.</param>
    /// <param name="kind">Which score.</param>
    /// <returns>[B].</returns>
    Value Score(GraphBuilder g, Value imageEmbeds, Value textEmbeds, ScoreKind kind);

    /// <summary>The score of one pair, on the host.</summary>
    double Score(ReadOnlySpan<float> imageEmbedding, ReadOnlySpan<float> textEmbedding, ScoreKind kind);

    /// <summary>
    /// Weight of each image embedding dimension for a text, [E]: the score is their sum of products with the
    /// un-normalized image embedding (<see cref="ScoreKind.Linear"/>).
    /// </summary>
    float[] DimensionWeights(ReadOnlySpan<float> textEmbedding);
}
