namespace Pellucid.Abstractions.Models;

/// <summary>
/// What a model can do, a ladder from least to most. An explainer states what it needs; the host refuses an
/// impossible pair before any work starts and names what is missing.
/// </summary>
[Flags]
public enum ModelCapabilities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Embeddings and scores of any input: <see cref="IVisionLanguageModel"/>. Enough for occlusion, RISE, LIME.</summary>
    Evaluate = 1,

    /// <summary>Vector-Jacobian products: <see cref="IDifferentiableModel"/>. Enough for gradient methods.</summary>
    VectorJacobianProduct = 2,

    /// <summary>Named intermediate tensors: <see cref="ITappedModel"/>. Enough for attention maps and activations.</summary>
    Taps = 4,

    /// <summary>The encoders as graphs that can be edited and differentiated: <see cref="IGraphModel"/>.</summary>
    Graph = 8,
}
