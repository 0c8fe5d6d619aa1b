namespace Pellucid.Graphs.Onnx.Canonical;

/// <summary>
/// What shape rules throw when the attributes or constants of a node do not belong together: a permutation of a wrong
/// length, an axis list that overruns, dimensions whose product overflows. In a model from outside that is bad input.
/// </summary>
internal static class MalformedNode
{
    public static bool Covers(Exception e) => e is ArgumentException or InvalidOperationException or IndexOutOfRangeException
        or ArithmeticException or InvalidCastException or KeyNotFoundException or FormatException or NotSupportedException;

    public static GraphException Error(Node node, Exception cause) =>
        new($"node '{node.DisplayName}' ({node.QualifiedOp}): its attributes or constant inputs do not fit together: {cause.Message}", cause);
}
