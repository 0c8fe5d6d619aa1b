namespace Pellucid.Graphs.Onnx.Canonical.Fusions;

/// <summary>
/// LayerNorm (Ba, Kiros and Hinton 2016) from its parts: d = x - mean(x), d / sqrt(mean(d^2) + epsilon), then scale
/// and bias, each of the three steps on its own, because scale and bias may be absent.
/// </summary>
internal static class LayerNormFusion
{
    private const long LargestAxis = 1 << 16;

    /// <summary>The normalized value becomes LayerNormalization with a scale of ones.</summary>
    public static Fused? MatchNormalized(Node node, Pattern p)
    {
        (string difference, string root)? parts = node.QualifiedOp switch
        {
            "Div" => (node.Inputs[0], node.Inputs[1]),
            "Mul" when p.Made(node.Inputs[1], "Reciprocal") is { } r => (node.Inputs[0], r.Inputs[0]),
            "Mul" when p.Made(node.Inputs[0], "Reciprocal") is { } r => (node.Inputs[1], r.Inputs[0]),
            _ => null,
        };
        if (parts is not var (d, s) || p.Made(d, "Sub") is not { } sub || p.Made(s, "Sqrt") is not { } sqrt || p.Made(sqrt.Inputs[0], "Add") is not { } sum) return null;
        string x = sub.Inputs[0];
        if (p.Made(sub.Inputs[1], "ReduceMean") is not { } mean || !string.Equals(mean.Inputs[0], x, StringComparison.Ordinal)) return null;
        (string variance, double? epsilon) = p.Scalar(sum.Inputs[1]) is { } e ? (sum.Inputs[0], e) : (sum.Inputs[1], p.Scalar(sum.Inputs[0]));
        if (epsilon is null || p.Made(variance, "ReduceMean") is not { } spread || !IsSquareOf(p, spread.Inputs[0], x, d)) return null;
        if (p.Builder.TypeOf(x).Shape is not { } shape || TrailingAxes(p, mean, shape.Rank) is not { } axis || TrailingAxes(p, spread, shape.Rank) != axis) return null;
        long[] normalized = shape.Dimensions[axis..].ToArray();
        if (Array.Exists(normalized, n => n is < 1 or > LargestAxis) || normalized.Length > 3 || normalized.Aggregate(1L, (a, b) => a * b) > LargestAxis || p.Builder.TypeOf(x).Element != ElementType.Float32) return null;
        HostTensor ones = HostTensor.Zeros(ElementType.Float32, new TensorShape(normalized));
        ones.Floats.Fill(1f);
        return new Fused("LayerNormalization", [p.Builder.Find(x), p.Builder.Constant(ones)], NodeAttributes.Of(("axis", (long)(axis - shape.Rank)), ("epsilon", (float)epsilon)));
    }

    /// <summary>A multiplication behind it, by a weight of the normalized shape, becomes its scale.</summary>
    public static Fused? MatchScale(Node node, Pattern p)
    {
        if (node.QualifiedOp is not "Mul" || Find(node, p, inputs: 2) is not var (norm, weight)) return null;
        bool plain = p.Builder.ConstantOf(norm.Inputs[1]) is { ElementType: ElementType.Float32 } ones && !ones.Floats.ContainsAnyExcept(1f);
        return plain ? new Fused("LayerNormalization", [p.Builder.Find(norm.Inputs[0]), p.Builder.Find(weight)], norm.Attributes) : null;
    }

    /// <summary>An addition behind it becomes its bias.</summary>
    public static Fused? MatchBias(Node node, Pattern p) =>
        node.QualifiedOp is "Add" && Find(node, p, inputs: 2) is var (norm, weight)
            ? new Fused("LayerNormalization", [p.Builder.Find(norm.Inputs[0]), p.Builder.Find(norm.Inputs[1]), p.Builder.Find(weight)], norm.Attributes)
            : null;

    private static (Node Norm, string Weight)? Find(Node node, Pattern p, int inputs)
    {
        for (int i = 0; i < 2; i++)
        {
            if (p.Made(node.Inputs[i], "LayerNormalization") is not { } norm || norm.Inputs.Length != inputs || norm.Outputs.Length != 1) continue;
            string other = node.Inputs[1 - i];
            if (p.Builder.WeightOf(other) is { } weight && weight.Shape.Equals(p.Builder.TypeOf(norm.Inputs[1]).Shape)) return (norm, other);
        }

        return null;
    }

    /// <summary>d d or d^2, where d may have been computed a second time.</summary>
    private static bool IsSquareOf(Pattern p, string square, string x, string difference)
    {
        bool IsDifference(string v) => string.Equals(v, difference, StringComparison.Ordinal)
            || (p.Made(v, "Sub") is { } s && string.Equals(s.Inputs[0], x, StringComparison.Ordinal)
                && p.Made(s.Inputs[1], "ReduceMean") is { } m && string.Equals(m.Inputs[0], x, StringComparison.Ordinal));
        if (p.Made(square, "Pow") is { } power) return IsDifference(power.Inputs[0]) && p.Is(power.Inputs[1], 2);
        return p.Made(square, "Mul") is { } product && IsDifference(product.Inputs[0]) && IsDifference(product.Inputs[1]);
    }

    /// <summary>The first of the reduced axes, where they are the last ones and are kept.</summary>
    private static int? TrailingAxes(Pattern p, Node reduce, int rank)
    {
        if (reduce.Attributes.Int("keepdims", 1) == 0 || reduce.Inputs.Length < 2) return null;
        if (p.Builder.ConstantOf(reduce.Inputs[1]) is not { ElementType: ElementType.Int64, Length: > 0 } t) return null;
        int[] axes = [.. t.Int64s.ToArray().Select(a => (int)(a < 0 ? a + rank : a)).Order()];
        for (int i = 0; i < axes.Length; i++) if (axes[i] != rank - axes.Length + i) return null;
        return axes[0];
    }
}
