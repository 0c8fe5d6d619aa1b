namespace Pellucid.Graphs.Onnx;

/// <summary>How to read an ONNX model whose input shapes are not all fixed.</summary>
public sealed record OnnxImportOptions
{
    /// <summary>
    /// Shapes by input name, for inputs whose dimensions the model leaves open: <c>pixel_values</c> to
    /// [-1, 3, 224, 224], where -1 stands for a batch known at run time.
    /// </summary>
    public IReadOnlyDictionary<string, TensorShape> InputShapes { get; init; } = new Dictionary<string, TensorShape>(StringComparer.Ordinal);

    /// <summary>Symbolic dimensions, besides those at axis 0, that are a batch known at run time.</summary>
    public IReadOnlyList<string> BatchSymbols { get; init; } = [];

    /// <summary>Whether decomposed LayerNorm, GELU and QuickGELU become one operator each again.</summary>
    public bool Fuse { get; init; } = true;
}
