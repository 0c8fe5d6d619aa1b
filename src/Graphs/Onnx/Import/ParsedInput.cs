namespace Pellucid.Graphs.Onnx.Import;

/// <summary>A declared input. Dimensions are sizes, names of symbols, or empty where nothing is said.</summary>
internal sealed record ParsedInput(string Name, ElementType Element, IReadOnlyList<ParsedDimension>? Dimensions)
{
    public override string ToString() => $"'{Name}' [{string.Join(", ", Dimensions?.Select(d => d.ToString()) ?? ["unknown rank"])}]";
}
