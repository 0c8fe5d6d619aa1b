namespace Pellucid.Graphs.Rewrites.TokenSelection;

/// <summary>What a narrowing rule sees: the node, the shapes around it, and which token of its output is wanted.</summary>
internal sealed class NarrowingScope(Graph graph, Node node, Narrowing wanted)
{
    public Node Node { get; } = node;

    public Narrowing Wanted { get; } = wanted;

    public NodeAttributes Attributes => Node.Attributes;

    /// <summary>Shape of the (first) output; rules run only where all shapes are known.</summary>
    public TensorShape Output { get; } = graph.Types[node.Outputs.First(o => o.Length > 0)].Shape!;

    public int InputCount => Node.Inputs.Length;

    public TensorShape Shape(int input) => graph.Types[Node.Inputs[input]].Shape!;

    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input].Length > 0;

    public long[]? Int64s(int input) =>
        Has(input) && graph.Weights.TryGetValue(Node.Inputs[input], out Weight? w) && w is InlineWeight inline && w.Type.Element == ElementType.Int64
            ? inline.Read().Int64s.ToArray()
            : null;

    /// <summary>An axis of the output made non-negative.</summary>
    public int Axis(string attribute, long fallback, int rank)
    {
        long axis = Attributes.Int(attribute, fallback);
        return (int)(axis < 0 ? axis + rank : axis);
    }

    /// <summary>The input on its own axes, which are those of the output.</summary>
    public InputDemand Same() => new(Wanted);

    /// <summary>
    /// Demand on an operand that is broadcast to the output (for matrix products: over the batch axes).
    /// Null where that cannot be said.
    /// </summary>
    public InputDemand? Broadcast(int input)
    {
        if (!Has(input)) return InputDemand.AsIs;
        TensorShape operand = Shape(input);
        int shift = Output.Rank - operand.Rank;
        int axis = Wanted.Axis - shift;
        if (axis < 0 || (operand[axis] == 1 && Output[Wanted.Axis] != 1)) return InputDemand.AsIs;
        return operand[axis] == Output[Wanted.Axis] ? AtAxis(input, axis) : null;
    }

    /// <summary>Demand on an operand whose token axis is known and whose batch axes align with those of the output.</summary>
    public InputDemand? AtAxis(int input, int axis)
    {
        if (Wanted.Positions is null) return new InputDemand(Wanted with { Axis = axis });
        TensorShape operand = Shape(input);
        int batch = Wanted.BatchAxis - (Output.Rank - operand.Rank);
        bool batched = batch >= 0 && operand[batch] == Output[Wanted.BatchAxis];
        if (batched) return new InputDemand(Wanted with { Axis = axis, BatchAxis = batch });
        return Wanted.BatchAxis == 0 && operand.IsFixed ? new InputDemand(Wanted with { Axis = axis }, Unbatched: true) : null;
    }
}
