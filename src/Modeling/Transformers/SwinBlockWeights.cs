using Pellucid.Graphs;

namespace Pellucid.Modeling.Transformers;

/// <summary>Weights of a Swin block.</summary>
/// <param name="Block">Norms, attention and feed-forward part; pre-norm.</param>
/// <param name="PositionBias">Bias by relative position ((2 window - 1)^2, heads): it tells window and heads.</param>
public sealed record SwinBlockWeights(BlockWeights Block, Weight PositionBias)
{
    /// <summary>Attention heads.</summary>
    public int Heads => (int)PositionBias.Shape[1];

    /// <summary>Side of a window in tokens.</summary>
    public int Window => ((int)Math.Round(Math.Sqrt(PositionBias.Shape[0])) + 1) / 2;
}
