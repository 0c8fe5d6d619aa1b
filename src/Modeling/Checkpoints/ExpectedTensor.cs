using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>A tensor that a model needs from its checkpoint.</summary>
/// <param name="Name">Name in the checkpoint.</param>
/// <param name="Shape">Shape; a dimension of <see cref="TensorShape.Dynamic"/> accepts any size.</param>
public sealed record ExpectedTensor(string Name, TensorShape Shape)
{
    /// <summary>Whether a checkpoint may come without it.</summary>
    public bool Optional { get; init; }

    /// <summary>Makes the expectation of a tensor with these dimensions.</summary>
    public static ExpectedTensor Of(string name, params ReadOnlySpan<long> dimensions) => new(name, new TensorShape(dimensions));

    /// <summary>Weight (out, in) and bias (out) of a linear layer.</summary>
    public static IEnumerable<ExpectedTensor> Linear(string name, int outputs, int inputs) => [Of(name + ".weight", outputs, inputs), Of(name + ".bias", outputs)];

    /// <summary>Weight and bias (D) of a normalization.</summary>
    public static IEnumerable<ExpectedTensor> Norm(string name, int width) => [Of(name + ".weight", width), Of(name + ".bias", width)];

    internal bool Fits(TensorShape actual)
    {
        if (actual.Rank != Shape.Rank) return false;
        for (int i = 0; i < Shape.Rank; i++)
        {
            if (Shape[i] != TensorShape.Dynamic && Shape[i] != actual[i]) return false;
        }

        return true;
    }
}
