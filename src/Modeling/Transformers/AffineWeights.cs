using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Transformers;

/// <summary>Weight and bias of a linear layer or of a normalization.</summary>
/// <param name="Weight">(out, in) for a linear layer, (D) for a normalization.</param>
/// <param name="Bias">(out) or (D); null where the layer has none.</param>
public sealed record AffineWeights(Weight Weight, Weight? Bias)
{
    /// <summary>The tensors "name.weight" and "name.bias" of a checkpoint.</summary>
    /// <exception cref="PellucidException">One is missing.</exception>
    public static AffineWeights Of(Checkpoint checkpoint, string name)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        return new AffineWeights(checkpoint[name + ".weight"], checkpoint[name + ".bias"]);
    }
}
