namespace Pellucid.Graphs.Tests.Reference;

/// <summary>One node with the tensors that it reads.</summary>
public sealed class Call(Node node, Tensor?[] inputs)
{
    public Node Node { get; } = node;

    public NodeAttributes Attributes => Node.Attributes;

    public int Count => inputs.Length;

    public Tensor this[int input] => inputs[input] ?? throw new InvalidOperationException($"{Node.DisplayName}: input {input} is missing");

    public bool Has(int input) => input < inputs.Length && inputs[input] is not null;

    public Tensor? Optional(int input) => Has(input) ? inputs[input] : null;

    public IEnumerable<Tensor> All => inputs.Where(i => i is not null)!;
}
