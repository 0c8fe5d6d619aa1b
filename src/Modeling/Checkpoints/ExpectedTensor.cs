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
