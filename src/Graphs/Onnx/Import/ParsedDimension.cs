namespace Pellucid.Graphs.Onnx.Import;

/// <summary>A dimension of an input: a positive size, else the name of its symbol, which may be empty.</summary>
internal readonly record struct ParsedDimension(long Size, string Symbol)
{
    public override string ToString() => Size > 0 ? $"{Size}" : Symbol.Length > 0 ? Symbol : "?";
}
