namespace Pellucid.Graphs;

/// <summary>Element type and shape of a value.</summary>
/// <param name="Element">Type of every element.</param>
/// <param name="Shape">Dimensions, or null where even the rank is unknown (an operator without shape inference).</param>
public sealed record TensorType(ElementType Element, TensorShape? Shape)
{
    /// <summary>A float32 tensor type of the given dimensions.</summary>
    public static TensorType Float(params ReadOnlySpan<long> dimensions) => new(ElementType.Float32, new TensorShape(dimensions));

    /// <summary>An int64 tensor type of the given dimensions.</summary>
    public static TensorType Int64(params ReadOnlySpan<long> dimensions) => new(ElementType.Int64, new TensorShape(dimensions));

    /// <inheritdoc/>
    public override string ToString() => $"{Element}{Shape?.ToString() ?? "[unknown rank]"}";
}
