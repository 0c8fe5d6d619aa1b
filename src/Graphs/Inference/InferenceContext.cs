namespace Pellucid.Graphs.Inference;

/// <summary>What a shape inference rule sees of one node.</summary>
internal sealed class InferenceContext(
    Node node, Func<string, TensorType> typeOf, Func<string, HostTensor?> constantOf, Func<string, Node?> producerOf)
{
    public Node Node { get; } = node;

    public NodeAttributes Attributes => Node.Attributes;

    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input].Length > 0;

    public TensorType Type(int input) => Has(input) ? typeOf(Node.Inputs[input]) : throw Error($"input {input} is missing");

    public ElementType Element(int input) => Type(input).Element;

    /// <summary>Shape of an input; an unknown one ends inference of this node quietly.</summary>
    public TensorShape Shape(int input) => Type(input).Shape ?? throw new UnknownShapeException();

    public HostTensor? Constant(int input) => Has(input) ? constantOf(Node.Inputs[input]) : null;

    /// <summary>Integers of a constant input; unknown ones end inference of this node quietly.</summary>
    public long[] Int64s(int input) => Constant(input) switch
    {
        { ElementType: ElementType.Int64 } t => t.Int64s.ToArray(),
        { ElementType: ElementType.Int32 } t => Array.ConvertAll(t.AsSpan<int>().ToArray(), v => (long)v),
        _ => throw new UnknownShapeException(),
    };

    /// <summary>Dimensions that an input holds; those that only a run knows are dynamic. None known ends inference of this node quietly.</summary>
    public long[] Dimensions(int input) =>
        (Has(input) ? new ShapeValues(typeOf, constantOf, producerOf).Of(Node.Inputs[input]) : null) ?? throw new UnknownShapeException();

    /// <summary>An axis made non-negative.</summary>
    public int Axis(long axis, int rank)
    {
        long positive = axis < 0 ? axis + rank : axis;
        if (positive < 0 || positive >= rank) throw Error($"axis {axis} lies outside a tensor of rank {rank}");
        return (int)positive;
    }

    public GraphException Error(string what)
    {
        string inputs = string.Join(", ", Node.Inputs.Select(i => i.Length == 0 ? "-" : $"{i} {typeOf(i)}"));
        return new GraphException($"node '{Node.DisplayName}' ({Node.QualifiedOp}): {what}; inputs: {inputs}");
    }

    /// <summary>Thrown inside a rule when something it needs is not known; the outputs then have unknown rank.</summary>
    internal sealed class UnknownShapeException : Exception;
}
