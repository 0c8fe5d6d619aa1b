namespace Pellucid.Modeling.Transformers;

/// <summary>Weights of one pre-norm transformer block of width D.</summary>
/// <param name="AttentionNorm">Layer norm before the attention (ln_1).</param>
/// <param name="Query">Query projection (D, D).</param>
/// <param name="Key">Key projection (D, D).</param>
/// <param name="Value">Value projection (D, D).</param>
/// <param name="Output">Output projection (D, D).</param>
/// <param name="FeedForwardNorm">Layer norm before the feed-forward part (ln_2).</param>
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
