namespace Pellucid.Graphs.Onnx.Canonical.Unfolding;

/// <summary>A value whose axis of size B k (heads or windows folded into the batch) is held as two axes, B and k.</summary>
/// <param name="Value">The value, of one rank more than the model's.</param>
/// <param name="Axis">The folded axis of the model's value; here the batch is at it and the factor behind it.</param>
/// <param name="Factor">The factor k.</param>
/// <param name="Node">The model's node that makes it.</param>
internal sealed record Unfolded(Value Value, int Axis, long Factor, Node Node)
{
    /// <summary>Where an axis of the model's value is here; the folded one stays where the batch is.</summary>
    public int Shift(int axis) => axis > Axis ? axis + 1 : axis;
}
