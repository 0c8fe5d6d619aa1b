using Pellucid.Graphs;

namespace Pellucid.Modeling.Transformers;

/// <summary>Weight and bias of a linear layer or of a normalization.</summary>
/// <param name="Weight">(out, in) for a linear layer, (D) for a normalization.</param>
/// <param name="Bias">(out) or (D); null where the layer has none.</param>
public sealed record AffineWeights(Weight Weight, Weight? Bias);
