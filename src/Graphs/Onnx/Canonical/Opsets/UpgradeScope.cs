namespace Pellucid.Graphs.Onnx.Canonical.Opsets;

/// <summary>What the upgrade of one node sees.</summary>
internal sealed class UpgradeScope(Node node, long version, Assembly assembly)
{
    public Node Node { get; } = node;

    /// <summary>Operator set of the model.</summary>
    public long Version { get; } = version;

    public Assembly Assembly { get; } = assembly;

    public NodeAttributes Attributes => Node.Attributes;

    public bool Has(int input) => input < Node.Inputs.Length && Node.Inputs[input].Length > 0;

    /// <summary>Name of a constant int64 vector.</summary>
    public string Int64s(params long[] values) => Assembly.Constant(HostTensor.Of(values, values.Length));

    /// <summary>The node with one of its attributes turned into its input at a position; as it is where the attribute is absent.</summary>
    public Node AttributeToInput(string attribute, int position)
    {
        if (Attributes.Ints(attribute) is not { } values) return Node;
        List<string> inputs = [.. Node.Inputs];
        while (inputs.Count < position) inputs.Add(string.Empty);
        inputs.Add(Int64s(values));
        return Node with { Inputs = [.. inputs], Attributes = Attributes.Without(attribute) };
    }

    /// <summary>A new node of one output.</summary>
    public static Node Make(string op, string[] inputs, string output, NodeAttributes? attributes = null, string name = "") =>
        new(op, [.. inputs], [output], attributes ?? NodeAttributes.None, string.Empty, name);
}
