namespace Pellucid.Graphs;

/// <summary>A tensor inside a graph that is being built: its name and, as far as inferred, its type.</summary>
/// <param name="Name">Unique name in the graph.</param>
/// <param name="Type">Element type and shape.</param>
public sealed record Value(string Name, TensorType Type)
{
    /// <summary>The shape.</summary>
    /// <exception cref="GraphException">Even the rank is unknown.</exception>
    public TensorShape Shape => Type.Shape ?? throw new GraphException(
        $"the shape of '{Name}' is unknown, because an operator before it has no shape inference; import the model with fixed input shapes or export it with shapes");

    /// <summary>Number of dimensions.</summary>
    public int Rank => Shape.Rank;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Type}";
}
