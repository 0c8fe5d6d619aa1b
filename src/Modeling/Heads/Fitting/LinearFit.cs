using System.Numerics.Tensors;

namespace Pellucid.Modeling.Heads.Fitting;

/// <summary>A fitted affine map of embeddings as they are: one row of weights and one bias an output.</summary>
/// <param name="Weights">[outputs][E].</param>
/// <param name="Biases">[outputs].</param>
public sealed record LinearFit(double[][] Weights, double[] Biases)
{
    /// <summary>Outputs for an embedding.</summary>
    public double[] Predict(double[] embedding) => [.. Weights.Select((w, o) => TensorPrimitives.Dot<double>(w, embedding) + Biases[o])];
}
