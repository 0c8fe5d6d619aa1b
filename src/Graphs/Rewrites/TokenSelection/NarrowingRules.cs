using System.Collections.Frozen;

namespace Pellucid.Graphs.Rewrites.TokenSelection;

/// <summary>
/// Which operators can make one token alone, and what they then need of their inputs. One rule an operator;
/// a rule answers null where this use of the operator needs all tokens.
/// </summary>
internal static class NarrowingRules
{
    private delegate InputDemand?[]? Rule(NarrowingScope s);

    private static readonly FrozenDictionary<string, Rule> Rules = All().ToFrozenDictionary(r => r.Key, r => r.Value, StringComparer.Ordinal);

    /// <summary>Demand on each input, or null where the node must make all tokens.</summary>
    public static InputDemand[]? Demands(NarrowingScope s)
    {
        InputDemand?[]? demands = Rules.TryGetValue(s.Node.QualifiedOp, out Rule? rule) ? rule(s) : null;
        return demands is null || demands.Contains(null) ? null : [.. demands.OfType<InputDemand>()];
    }

    /// <summary>Whether the operator is rewritten to a Reshape to the narrowed shape.</summary>
    public static bool IsReshape(Node node) => node.QualifiedOp is "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten";

    private static IEnumerable<KeyValuePair<string, Rule>> All()
    {
        string[] elementwise =
        [
            "Relu", "Sigmoid", "Tanh", "Erf", "Exp", "Log", "Sqrt", "Neg", "Abs", "Reciprocal", "Gelu", "com.microsoft.QuickGelu", "Identity", "Clip",
            "LeakyRelu", "Elu", "Selu", "HardSwish", "HardSigmoid", "Softplus", "Softsign", "Mish", "Cast", "Dropout", "com.microsoft.FastGelu",
            "com.microsoft.Gelu", "com.microsoft.BiasGelu", "Add", "Sub", "Mul", "Div", "Pow", "Max", "Min", "Sum", "Where", "Not", "And", "Or", "Equal",
            "Greater", "Less", "GreaterOrEqual", "LessOrEqual",
        ];
        foreach (string op in elementwise) yield return new(op, s => [.. Enumerable.Range(0, s.InputCount).Select(s.Broadcast)]);
        foreach (string op in new[] { "Softmax", "LogSoftmax" }) yield return new(op, s => s.Axis("axis", -1, s.Output.Rank) == s.Wanted.Axis ? null : [s.Same()]);
        foreach (string op in new[] { "LayerNormalization", "SimplifiedLayerNormalization", "RMSNormalization" }) yield return new(op, Normalization);
        foreach (string op in new[] { "ReduceSum", "ReduceMean", "ReduceMax", "ReduceMin", "ReduceL2", "ReduceL1", "ReduceSumSquare" }) yield return new(op, Reduction);
        foreach (string op in new[] { "Reshape", "Squeeze", "Unsqueeze", "Flatten" }) yield return new(op, Reshape);
        yield return new("MatMul", Product);
        yield return new("com.microsoft.FusedMatMul", Product);
        yield return new("Gemm", Product);
        yield return new("Transpose", Transpose);
        yield return new("Concat", s => s.Axis("axis", 0, s.Output.Rank) == s.Wanted.Axis ? null : [.. Enumerable.Range(0, s.InputCount).Select(_ => s.Same())]);
        yield return new("Split", s => s.Axis("axis", 0, s.Output.Rank) == s.Wanted.Axis ? null : Rest(s, s.Same()));
        yield return new("Slice", Slice);
        yield return new("Gather", Gather);
    }

    private static InputDemand?[] Rest(NarrowingScope s, InputDemand? first) => [first, .. Enumerable.Repeat(InputDemand.AsIs, s.InputCount - 1)];

    private static InputDemand?[]? Normalization(NarrowingScope s) =>
        s.Wanted.Axis < s.Axis("axis", -1, s.Output.Rank) ? Rest(s, s.Same()) : null;

    private static InputDemand?[]? Reduction(NarrowingScope s)
    {
        TensorShape x = s.Shape(0);
        if (s.Int64s(1) is not { Length: > 0 } axes) return null;
        int[] gone = [.. axes.Select(a => (int)(a < 0 ? a + x.Rank : a))];
        bool keep = s.Attributes.Int("keepdims", 1) != 0;
        int[] kept = [.. Enumerable.Range(0, x.Rank).Where(i => keep || !gone.Contains(i))];
        int axis = kept[s.Wanted.Axis];
        if (gone.Contains(axis)) return null;
        if (s.Wanted.Positions is null) return Rest(s, new InputDemand(s.Wanted with { Axis = axis }));
        int batch = kept[s.Wanted.BatchAxis];
        return gone.Contains(batch) ? null : Rest(s, new InputDemand(s.Wanted with { Axis = axis, BatchAxis = batch }));
    }

    /// <summary>Rows of a product need the rows of the left operand, columns the columns of the right one.</summary>
    private static InputDemand?[]? Product(NarrowingScope s)
    {
        TensorShape a = s.Shape(0), b = s.Shape(1);
        if (a.Rank < 2 || b.Rank < 2 || s.Attributes.Int("transBatchA", 0) != 0 || s.Attributes.Int("transBatchB", 0) != 0) return null;
        InputDemand? left = InputDemand.AsIs, right = InputDemand.AsIs;
        int fromEnd = s.Output.Rank - s.Wanted.Axis;
        if (fromEnd == 2) left = s.AtAxis(0, s.Attributes.Int("transA", 0) != 0 ? a.Rank - 1 : a.Rank - 2);
        else if (fromEnd == 1) right = s.AtAxis(1, s.Attributes.Int("transB", 0) != 0 ? b.Rank - 2 : b.Rank - 1);
        else (left, right) = (s.Broadcast(0), s.Broadcast(1));
        if (left is { Unbatched: true } || right is { Unbatched: true }) return null;
        return s.InputCount > 2 ? [left, right, s.Broadcast(2)] : [left, right];
    }

    private static InputDemand?[] Transpose(NarrowingScope s)
    {
        long[] order = s.Attributes.Ints("perm") ?? [.. Enumerable.Range(0, s.Output.Rank).Reverse().Select(i => (long)i)];
        return [new InputDemand(s.Wanted with
        {
            Axis = (int)order[s.Wanted.Axis],
            BatchAxis = s.Wanted.Positions is null ? -1 : (int)order[s.Wanted.BatchAxis],
        })];
    }

    private static InputDemand?[]? Slice(NarrowingScope s)
    {
        long[]? axes = s.Has(3) ? s.Int64s(3) : s.Int64s(1) is { } starts ? [.. Enumerable.Range(0, starts.Length).Select(i => (long)i)] : null;
        if (axes is null) return null;
        bool clear = axes.All(a => (a < 0 ? a + s.Output.Rank : a) is var axis && axis != s.Wanted.Axis && (s.Wanted.Positions is null || axis != s.Wanted.BatchAxis));
        return clear ? Rest(s, s.Same()) : null;
    }

    /// <summary>A Gather along another axis, whose index tensor takes that axis's place.</summary>
    private static InputDemand?[]? Gather(NarrowingScope s)
    {
        TensorShape data = s.Shape(0);
        int inserted = s.Shape(1).Rank, axis = s.Axis("axis", 0, data.Rank);
        if (Before(s.Wanted.Axis) is not { } token) return null;
        if (s.Wanted.Positions is null) return Rest(s, new InputDemand(s.Wanted with { Axis = token }));
        return Before(s.Wanted.BatchAxis) is { } batch ? Rest(s, new InputDemand(s.Wanted with { Axis = token, BatchAxis = batch })) : null;

        int? Before(int output) => output < axis ? output : output >= axis + inserted ? output - inserted + 1 : null;
    }

    private static InputDemand?[]? Reshape(NarrowingScope s)
    {
        Narrowing? before = AxisTracking.Before(s.Shape(0), s.Output, s.Wanted);
        return before is null ? null : Rest(s, new InputDemand(before));
    }
}
