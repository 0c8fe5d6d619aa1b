using Pellucid.Graphs;

namespace Pellucid.Modeling.Transformers;

/// <summary>The bias-free projection into the joint embedding space.</summary>
/// <param name="Weight">The matrix.</param>
/// <param name="OutputsFirst">True for (E, D) as linear layers store it, false for (D, E) as OpenAI's parameters do.</param>
public sealed record ProjectionWeights(Weight Weight, bool OutputsFirst)
{
    /// <summary>Width E of the embedding.</summary>
    public long EmbeddingDimension => OutputsFirst ? Weight.Shape[0] : Weight.Shape[1];
}
