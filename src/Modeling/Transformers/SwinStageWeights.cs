namespace Pellucid.Modeling.Transformers;

/// <summary>Weights of a Swin stage.</summary>
/// <param name="Blocks">Blocks, first to last; every second one shifts its windows.</param>
/// <param name="Merge">Patch merging behind them; null for the last stage.</param>
public sealed record SwinStageWeights(IReadOnlyList<SwinBlockWeights> Blocks, SwinMergeWeights? Merge);
