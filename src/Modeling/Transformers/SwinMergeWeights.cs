using Pellucid.Graphs;

namespace Pellucid.Modeling.Transformers;

/// <summary>Weights of a patch merging: four neighbors of C channels become one of 2C.</summary>
/// <param name="Norm">Layer norm of the 4C channels.</param>
/// <param name="Reduction">Linear layer without bias (2C, 4C).</param>
public sealed record SwinMergeWeights(AffineWeights Norm, Weight Reduction);
