namespace Pellucid.Graphs;

/// <summary>A constant tensor of a graph: its type and where its bytes are.</summary>
public abstract class Weight
{
    private protected Weight(TensorType type)
    {
        if (type.Shape is not { IsFixed: true }) throw new ArgumentException($"a weight needs a fixed shape, got {type}");
        Type = type;
    }

    /// <summary>Element type and fixed shape.</summary>
    public TensorType Type { get; }

    /// <summary>Dimensions.</summary>
    public TensorShape Shape => Type.Shape!;

    /// <summary>Reads the elements into memory. For a file-backed weight this copies; graphs run without ever calling it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public abstract HostTensor Read();
}
