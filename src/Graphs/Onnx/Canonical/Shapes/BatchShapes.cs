namespace Pellucid.Graphs.Onnx.Canonical.Shapes;

/// <summary>Operators whose shape input depends on the batch, rewritten so that it no longer is computed at run time.</summary>
internal static class BatchShapes
{
    /// <summary>The value that stands for the node's output, or null where the node stays as it is.</summary>
    public static Value? Rewrite(Node node, Assembly a) => node.QualifiedOp switch
    {
        "Reshape" => ReshapeToBatch.Rewrite(node, a),
        "Expand" => ExpandToBatch.Expand(node, a),
        "Tile" => ExpandToBatch.Tile(node, a),
        "ConstantOfShape" => ExpandToBatch.ConstantOfShape(node, a),
        "Slice" => SliceOfBatch.Rewrite(node, a),
        "GatherND" => GatherPerSample.OfPairs(node, a),
        "Gather" => GatherPerSample.OfFlattened(node, a),
        "Resize" => ResizeOfBatch.Rewrite(node, a),
        _ => null,
    };
}
