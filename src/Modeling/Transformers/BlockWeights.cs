namespace Pellucid.Modeling.Transformers;

/// <summary>Weights of one transformer block of width D. A norm stands before its part in a pre-norm block (CLIP, Swin), behind it and the sum in a post-norm one (BERT).</summary>
/// <param name="AttentionNorm">Layer norm of the attention (ln_1).</param>
/// <param name="Query">Query projection (D, D).</param>
/// <param name="Key">Key projection (D, D).</param>
/// <param name="Value">Value projection (D, D).</param>
/// <param name="Output">Output projection (D, D).</param>
/// <param name="FeedForwardNorm">Layer norm of the feed-forward part (ln_2).</param>
/// <param name="Expand">First feed-forward layer (F, D).</param>
/// <param name="Contract">Second feed-forward layer (D, F).</param>
public sealed record BlockWeights(
    AffineWeights AttentionNorm,
    AffineWeights Query,
    AffineWeights Key,
    AffineWeights Value,
    AffineWeights Output,
    AffineWeights FeedForwardNorm,
    AffineWeights Expand,
    AffineWeights Contract);
