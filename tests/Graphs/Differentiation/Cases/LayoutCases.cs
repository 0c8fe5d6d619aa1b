using Pellucid.Graphs.Operators;
using static Pellucid.Graphs.Tests.Differentiation.Cases.CaseInput;

namespace Pellucid.Graphs.Tests.Differentiation.Cases;

internal static class LayoutCases
{
    public static IEnumerable<GradientCase> All =>
    [
        new("Reshape heads", "Reshape", (g, x) => g.Reshape(x[0], 0, 3, 2, 2), X(3, 4)),
        new("Reshape batch inferred", "Reshape", (g, x) => g.Reshape(x[0], -1, 12), X(3, 4)),
        new("Reshape splits the first axis", "Reshape", (g, x) => g.Reshape(x[0], 0, 2, 3, 2), X(6, 2)),
        new("Reshape merges the batch", "Reshape", (g, x) => g.Reshape(x[0], -1, 4), X(3, 4)) { Stacks = true },
        new("Reshape merges the batch and back", "Reshape", (g, x) => g.Reshape(g.Exp(g.Reshape(x[0], -1, 4)), -1, 3, 4), X(3, 4)) { Stacks = false },
        new("Flatten", "Flatten", (g, x) => g.Emit("Flatten", [x[0]]), X(3, 4)),
        new("Flatten axis 2", "Flatten", (g, x) => g.Reshape(g.Emit("Flatten", [x[0]], NodeAttributes.Of(("axis", 2))), -1, 3, 4), X(3, 4)),
        new("Squeeze", "Squeeze", (g, x) => g.Squeeze(x[0], 1, -1), X(1, 3, 1)),
        new("Squeeze all", "Squeeze", (g, x) => g.Emit("Squeeze", [x[0]]), W(2, 1, 3, 1)),
        new("Unsqueeze", "Unsqueeze", (g, x) => g.Unsqueeze(x[0], 1, -1), X(3, 4)),
        new("Transpose", "Transpose", (g, x) => g.Transpose(x[0], 0, 2, 3, 1), X(2, 3, 4)),
        new("Transpose batch inside and back", "Transpose", (g, x) => g.Transpose(g.Exp(g.Transpose(x[0], 1, 0, 2)), 1, 0, 2), X(3, 4)),
        new("Transpose default", "Transpose", (g, x) => g.Transpose(g.Emit("Transpose", [x[0]]), 2, 1, 0), X(3, 4)),
        new("Concat", "Concat", (g, x) => g.Concat(1, x[0], g.Exp(x[1])), X(3, 2), X(2, 2)),
        new("Concat one wanted", "Concat", (g, x) => g.Concat(-1, x[0], x[1], x[2]), X(2, 2).Fixed(), X(2, 3), X(2, 1).Fixed()),
        new("Concat of batches", "Concat", (g, x) => g.Concat(0, x[0], x[1]), X(3), X(3)) { Stacks = false, DynamicBatch = false },
        new("Split", "Split", (g, x) => Each(g, g.EmitMany("Split", [x[0], g.Int64s(1, 3)], 2, NodeAttributes.Of(("axis", 1)))), X(4, 2)),
        new("Split even", "Split", (g, x) => Each(g, g.EmitMany("Split", [x[0]], 3, NodeAttributes.Of(("axis", -1), ("num_outputs", 3)))), X(2, 6)),
        new("Split uneven", "Split", (g, x) => g.Exp(g.EmitMany("Split", [x[0]], 2, NodeAttributes.Of(("axis", -1), ("num_outputs", 2)))[1]), X(2, 5)),
        new("Split middle unused", "Split", SplitWithGaps, X(7)),
        new("Expand", "Expand", (g, x) => g.Expand(x[0], 1, 4, 3), X(1, 3)),
        new("Expand rank", "Expand", (g, x) => g.Mul(g.Expand(x[1], 2, 4, 3), x[0]), X(4, 3), W(1, 3)) { Stacks = false, DynamicBatch = false },
        new("Expand at run time", "Expand", (g, x) => g.Mul(x[0], g.Emit("Expand", [x[1], g.Emit("Shape", [x[0]])])), X(4, 3), W(1, 1, 3)),
        new("Tile", "Tile", (g, x) => g.Emit("Tile", [x[0], g.Int64s(1, 2, 3)]), X(3, 2)),
        new("Tile of one axis", "Tile", (g, x) => g.Emit("Tile", [x[0], g.Int64s(1, 1, 2)]), X(3, 2)),
        new("Tile by 1", "Tile", (g, x) => g.Emit("Tile", [x[0], g.Int64s(1, 1, 1)]), X(3, 2)),
        new("Tile of batches", "Tile", (g, x) => g.Emit("Tile", [x[0], g.Int64s(2, 1)]), X(3)) { Stacks = false, DynamicBatch = false },
        Cumulative(0, 0), Cumulative(1, 0), Cumulative(0, 1), Cumulative(1, 1),
        new("Trilu", "Trilu", (g, x) => g.Emit("Trilu", [x[0]]), X(3, 4)),
        new("Trilu lower", "Trilu", (g, x) => g.Emit("Trilu", [x[0], g.Int64s(1)], NodeAttributes.Of(("upper", 0))), X(3, 4)),

        Reduce("ReduceSum"), Reduce("ReduceMean"), Reduce("ReduceMax"), Reduce("ReduceMin"), Reduce("ReduceL1"), Reduce("ReduceL2"),
        Reduce("ReduceSumSquare"), Reduce("ReduceLogSumExp"),
        ReduceDropping("ReduceSum"), ReduceDropping("ReduceMean"), ReduceDropping("ReduceMax"), ReduceDropping("ReduceMin"), ReduceDropping("ReduceL1"),
        ReduceDropping("ReduceL2"), ReduceDropping("ReduceSumSquare"), ReduceDropping("ReduceLogSumExp"),
        new("ReduceSum of all", "ReduceSum", (g, x) => g.Emit("ReduceSum", [x[0]], NodeAttributes.Of(("keepdims", 0))), X(3, 2)) { Stacks = false },
        new("ReduceMean of the batch", "ReduceMean", (g, x) => g.ReduceMean(x[0], [0]), X(3, 2)) { Stacks = false },
        new("ReduceSum of nothing", "ReduceSum", (g, x) => g.Emit("ReduceSum", [x[0]], NodeAttributes.Of(("noop_with_empty_axes", 1))), X(3, 2)),
        new("ReduceMean of length 1", "ReduceMean", (g, x) => g.ReduceMean(x[0], [1], false), X(1, 2)),
    ];

    private static Value Each(GraphBuilder g, IReadOnlyList<Value> parts) => g.Add(g.ReduceSum(g.Exp(parts[0]), [1, 2]), g.ReduceMean(parts[1], [1, 2]));

    private static Value SplitWithGaps(GraphBuilder g, Value[] x)
    {
        IReadOnlyList<Value> parts = g.EmitMany("Split", [x[0], g.Int64s(2, 1, 2, 2)], 4, NodeAttributes.Of(("axis", 1)));
        return g.Mul(parts[0], g.Add(parts[2], parts[3]));
    }

    private static GradientCase Cumulative(int reverse, int exclusive) => new(
        $"CumSum {reverse} {exclusive}",
        "CumSum",
        (g, x) => g.Emit("CumSum", [x[0], g.Constant(HostTensor.Of([1L], TensorShape.Scalar))], NodeAttributes.Of(("reverse", reverse), ("exclusive", exclusive))),
        X(4, 2));

    private static GradientCase Reduce(string op) =>
        new($"{op} keeping", op, (g, x) => g.Emit(op, [x[0], g.Int64s(-2)]), X(2, 3, 2));

    private static GradientCase ReduceDropping(string op) =>
        new($"{op} dropping", op, (g, x) => g.Emit(op, [x[0], g.Int64s(1, -1)], NodeAttributes.Of(("keepdims", 0))), X(2, 3, 2));
}
