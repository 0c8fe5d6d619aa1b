namespace Pellucid.Graphs;

/// <summary>A weight that lives in memory: shape vectors, scalars, small constants.</summary>
public sealed class InlineWeight : Weight
{
    private readonly HostTensor _tensor;

    /// <summary>Wraps a tensor, which must not be changed afterwards.</summary>
    public InlineWeight(HostTensor tensor)
        : base(new TensorType(tensor.ElementType, tensor.Shape)) => _tensor = tensor;

    /// <inheritdoc/>
    public override HostTensor Read() => _tensor;
}
