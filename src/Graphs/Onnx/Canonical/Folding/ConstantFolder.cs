using System.Collections.Frozen;

namespace Pellucid.Graphs.Onnx.Canonical.Folding;

/// <summary>Computes nodes all of whose inputs are small known tensors: the shape code that exporters leave in models.</summary>
internal static class ConstantFolder
{
    /// <summary>Larger results stay operators: a causal mask of 77 tokens is folded, a position table is not.</summary>
    public const int MostElements = 1 << 16;

    private static readonly FrozenDictionary<string, Func<FoldContext, Numbers>> Folds =
        ArithmeticFolds.All.Concat(LayoutFolds.All).ToFrozenDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);

    /// <summary>The outputs, or null where the node cannot be folded.</summary>
    public static HostTensor[]? Fold(Node node, TensorType[] outputs, Func<string, TensorType?> typeOf, Func<string, HostTensor?> valueOf)
    {
        if (node.OpType is "Shape" or "Size" && node.Domain.Length == 0) return ShapeOf(node, typeOf);
        if (node.OpType is "Split" && node.Domain.Length == 0) return Split(node, outputs, valueOf);
        if (node.Outputs.Length != 1 || !Folds.TryGetValue(node.QualifiedOp, out Func<FoldContext, Numbers>? fold)) return null;
        bool free = node.OpType is "Range";
        if (!free && !IsSmall(outputs[0])) return null;
        var inputs = new Numbers?[node.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
        {
            if (node.Inputs[i].Length == 0) continue;
            inputs[i] = valueOf(node.Inputs[i]) is { } tensor && tensor.Length <= MostElements ? Numbers.From(tensor) : null;
            if (inputs[i] is null) return null;
        }

        if (inputs.Length == 0 || outputs[0].Element == ElementType.BFloat16) return null;
        return [fold(new FoldContext(node, inputs, outputs)).ToTensor()];
    }

    private static bool IsSmall(TensorType type)
    {
        if (type.Shape is not { IsFixed: true } || type.Element == ElementType.Unknown) return false;
        long count = 1;
        foreach (long d in type.Shape)
        {
            if (d > MostElements) return false;
            count *= d;
            if (count > MostElements) return false;
        }

        return true;
    }

    private static HostTensor[]? ShapeOf(Node node, Func<string, TensorType?> typeOf)
    {
        if (node.Inputs.Length != 1 || typeOf(node.Inputs[0])?.Shape is not { IsFixed: true } shape) return null;
        if (node.OpType is "Size") return [HostTensor.Of([shape.ElementCount()], TensorShape.Scalar)];
        (int start, int end) = Inference.LayoutInference.ShapeRange(node.Attributes, shape.Rank);
        return [HostTensor.Of(shape.ToArray()[start..end], end - start)];
    }

    private static HostTensor[]? Split(Node node, TensorType[] outputs, Func<string, HostTensor?> valueOf)
    {
        if (valueOf(node.Inputs[0]) is not { } tensor || Numbers.From(tensor) is not { } x || !outputs.All(IsSmall)) return null;
        int rank = x.Shape.Length;
        long raw = node.Attributes.Int("axis", 0);
        int axis = (int)(raw < 0 ? raw + rank : raw);
        var parts = new HostTensor[outputs.Length];
        long offset = 0;
        for (int p = 0; p < parts.Length; p++)
        {
            long[] shape = outputs[p].Shape!.ToArray();
            long from = offset;
            parts[p] = x.Pick(shape, i =>
            {
                long[] at = Indexing.Coordinates(i, shape);
                at[axis] += from;
                return Indexing.Flat(at, x.Shape);
            }).ToTensor();
            offset += shape[axis];
        }

        return parts;
    }
}
