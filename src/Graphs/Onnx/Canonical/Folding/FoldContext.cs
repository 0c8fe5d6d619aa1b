namespace Pellucid.Graphs.Onnx.Canonical.Folding;

/// <summary>What the folding of one node sees: its inputs as numbers, and the types its outputs will have.</summary>
internal sealed class FoldContext(Node node, Numbers?[] inputs, TensorType[] outputs)
{
    public NodeAttributes Attributes => node.Attributes;

    public int InputCount => inputs.Length;

    public TensorType Output => outputs[0];

    public IReadOnlyList<TensorType> Outputs => outputs;

    public long[] Shape => outputs[0].Shape!.ToArray();

    public Numbers this[int index] => inputs[index] ?? throw new ArgumentException($"input {index} is missing");

    public bool Has(int index) => index < inputs.Length && inputs[index] is not null;

    public int Axis(string name, long fallback, int rank)
    {
        long axis = Attributes.Int(name, fallback);
        return (int)(axis < 0 ? axis + rank : axis);
    }
}
