namespace Pellucid.Graphs.Onnx.Import;

/// <summary>What an ONNX file says, before it becomes a graph.</summary>
internal sealed class ParsedModel
{
    public string Name { get; set; } = string.Empty;

    /// <summary>Versions of the imported operator sets by domain; ONNX's own under the empty name.</summary>
    public Dictionary<string, long> Opsets { get; } = new(StringComparer.Ordinal);

    public List<ParsedInput> Inputs { get; } = [];

    public List<string> Outputs { get; } = [];

    public List<Node> Nodes { get; } = [];

    public Dictionary<string, Weight> Weights { get; } = new(StringComparer.Ordinal);

    /// <summary>Free-form properties of the file; taps are kept there.</summary>
    public Dictionary<string, string> Metadata { get; } = new(StringComparer.Ordinal);
}
