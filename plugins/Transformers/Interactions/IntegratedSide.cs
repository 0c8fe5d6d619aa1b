using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Interactions;

/// <summary>One encoder with input and reference.</summary>
/// <param name="Upper">Graph of the Jacobian products above the block.</param>
/// <param name="Embeddings">[2, E] un-normalized: of the input, of the reference.</param>
/// <param name="Reference">r before the block, [1, N, D].</param>
/// <param name="Difference">x - r, [1, N, D].</param>
internal sealed record IntegratedSide(Graph Upper, HostTensor Embeddings, HostTensor Reference, HostTensor Difference)
{
    /// <summary>Embedding of the input.</summary>
    public ReadOnlySpan<float> Input => Embeddings.Floats[..(int)Embeddings.Shape[1]];

    /// <summary>Embedding of the reference.</summary>
    public ReadOnlySpan<float> Zero => Embeddings.Floats[(int)Embeddings.Shape[1]..];
}
