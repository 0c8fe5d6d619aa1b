using Pellucid.Graphs.Operators;
using static Pellucid.Graphs.Tests.Differentiation.Cases.CaseInput;

namespace Pellucid.Graphs.Tests.Differentiation.Cases;

internal static class IndexCases
{
    public static IEnumerable<GradientCase> All =>
    [
        new("Slice", "Slice", (g, x) => g.Slice(x[0], 1, 1, 3), X(4, 2)),
        new("Slice negative bounds", "Slice", (g, x) => g.Slice(x[0], -1, -3, -1), X(2, 4)),
        new("Slice step 2", "Slice", (g, x) => g.Slice(x[0], 1, 1, 100, 2), X(6, 2)),
        new("Slice reversed", "Slice", (g, x) => g.Slice(x[0], 1, -1, long.MinValue, -1), X(5, 2)),
        new("Slice step -2", "Slice", (g, x) => g.Slice(x[0], 1, 4, 0, -2), X(6, 2)),
        new("Slice two axes", "Slice", (g, x) => g.Emit("Slice", [x[0], g.Int64s(0, 1, 2), g.Int64s(long.MaxValue, 3, 0), g.Int64s(0, 1, 2), g.Int64s(1, 1, -1)]), X(4, 3)),
        new("Slice without axes", "Slice", (g, x) => g.Emit("Slice", [x[0], g.Int64s(0, 1), g.Int64s(long.MaxValue, 2)]), X(3, 2)),
        new("Slice of the batch", "Slice", (g, x) => g.Slice(x[0], 0, 0, 1), X(3)) { Stacks = false, DynamicBatch = false },
        new("Slice of nothing less", "Slice", (g, x) => g.Slice(x[0], 1, 0, 4), X(4)),

        new("Gather token", "Gather", (g, x) => g.Gather(x[0], g.Constant(HostTensor.Of([2L], TensorShape.Scalar)), 1), X(4, 3)),
        new("Gather last token", "Gather", (g, x) => g.SelectToken(x[0], -1), X(4, 3)),
        new("Gather run", "Gather", (g, x) => g.Gather(x[0], g.Int64s(1, 2, 3), 1), X(5, 2)),
        new("Gather permutation", "Gather", (g, x) => g.Gather(x[0], g.Int64s(2, 0, 1), -1), X(2, 3)),
        new("Gather with holes", "Gather", (g, x) => g.Gather(x[0], g.Int64s(3, 0), 1), X(5, 2)),
        new("Gather repeated", "Gather", (g, x) => g.Gather(x[0], g.Int64s(1, 1, 0, 3), 1), X(4, 2)),
        new("Gather often repeated", "Gather", (g, x) => g.Gather(x[0], g.Int64s(1, 1, 1, 1, 1, 1, 0, -1), 1), X(4, 2)),
        new("Gather table of indices", "Gather", (g, x) => g.Gather(x[0], g.Constant(HostTensor.Of([0L, 3, 3, 1], 2, 2)), 1), X(4, 3)),
        new("Gather computed", "Gather", (g, x) => g.Gather(x[0], x[1], 1), X(4, 3), Ints([3], 2, 0, -2)),
        new("Gather computed scalar", "Gather", (g, x) => g.Gather(x[0], x[1], 2), X(2, 3), Ints([], 1)),
        new("Gather computed table", "Gather", (g, x) => g.Gather(x[0], x[1], 1), X(4, 3), Ints([2, 2], 3, 3, 1, 0)),
        new("Gather embedding", "Gather", (g, x) => g.Gather(x[0], x[1], 0), W(5, 3), BatchedInts([4], 1, 4, 1, 0)) { Stacks = false },
        new("Gather query of stacked heads", "Gather", (g, x) => g.Exp(g.Gather(g.Transpose(x[0], 2, 0, 1, 3), g.Constant(HostTensor.Of([1L], TensorShape.Scalar)), 0)), X(4, 3, 2)),

        new("GatherElements", "GatherElements", (g, x) => g.Emit("GatherElements", [x[0], x[1]], NodeAttributes.Of(("axis", 1))), X(4, 2), BatchedInts([3, 2], 0, 3, 1, 1, 0, -1)),
        new("GatherElements last axis", "GatherElements", (g, x) => g.Emit("GatherElements", [x[0], x[1]], NodeAttributes.Of(("axis", -1))), X(2, 4), BatchedInts([2, 3], 0, 0, 2, 1, 3, 1)),
        new("GatherElements axis 0", "GatherElements", (g, x) => g.Emit("GatherElements", [x[0], x[1]], NodeAttributes.Of(("axis", 0))), W(3, 2), Ints([2, 2], 0, 2, 0, 1)),
        new("GatherND token a sample", "GatherND", (g, x) => g.SelectToken(x[0], x[1]), X(4, 3), BatchedInts([1, 1], 2)),
        new("GatherND tokens a sample", "GatherND", (g, x) => g.SelectToken(x[0], x[1]), X(4, 3), BatchedInts([3, 1], 2, 0, 2)),
        new("GatherND pairs", "GatherND", (g, x) => g.SelectToken(x[0], x[1]), X(4, 3, 2), BatchedInts([3, 2], 2, 0, -1, -2, 2, 0)),
        new("GatherND flat", "GatherND", (g, x) => g.SelectToken(x[0], x[1]), X(4, 3), BatchedInts([1], 2)),
        new("GatherND two batch axes", "GatherND", (g, x) => g.Emit("GatherND", [x[0], x[1]], NodeAttributes.Of(("batch_dims", 2))), X(2, 4, 3), BatchedInts([2, 1], 2, 1)),
        new("GatherND without batch", "GatherND", (g, x) => g.Emit("GatherND", [x[0], g.Constant(HostTensor.Of([0L, 2, 0, 1, 0, 2], 3, 2))]), X(4, 3)) { Stacks = false },

        Scatter("ScatterElements", "none"), Scatter("ScatterElements", "add"),
        new("ScatterElements axis 0", "ScatterElements", (g, x) => g.Emit("ScatterElements", [x[0], x[1], x[2]]), W(3, 2), Ints([2, 2], 0, 2, 1, 1), W(2, 2)),
        ScatterNd("none"), ScatterNd("add"),
        new("ScatterND of constants", "ScatterND", (g, x) => g.Emit("ScatterND", [x[0], g.Constant(HostTensor.Of([0L, 2, 0, 1], 2, 2)), g.Constant(HostTensor.Of([5f, 6f], 2))]), X(4)),

        Pad("constant", [0, 1, 2, 0, 0, 3]), Pad("constant", [0, -1, 2, 0, 1, -1]), Pad("reflect", [0, 2, 1, 0, 1, 2]), Pad("edge", [0, 2, 1, 0, 1, 2]), Pad("wrap", [0, 2, 1, 0, 1, 2]),
        Pad("edge", [0, 7, 0, 0, 0, 0]),
        new("Pad axes and value", "Pad", (g, x) => g.Emit("Pad", [x[0], g.Int64s(1, 2), g.Constant(3f), g.Int64s(-1)]), X(3, 4)),
        new("Pad of the batch", "Pad", (g, x) => g.Emit("Pad", [x[0], g.Int64s(1, 0, 0, 0)]), X(3)) { Stacks = false, DynamicBatch = false },
    ];

    private static GradientCase Scatter(string op, string reduction) => new(
        $"{op} {reduction}",
        op,
        (g, x) => g.Emit(op, [x[0], x[1], x[2]], NodeAttributes.Of(("axis", 1), ("reduction", reduction))),
        X(4, 2),
        BatchedInts([2, 2], 0, 3, 2, 1),
        X(2, 2));

    private static GradientCase ScatterNd(string reduction) => new(
        $"ScatterND {reduction}",
        "ScatterND",
        (g, x) => g.Emit("ScatterND", [x[0], g.Constant(HostTensor.Of([0L, 2, 0, 1], 2, 2)), x[1]], NodeAttributes.Of(("reduction", reduction))),
        X(4, 3),
        W(2, 3)) { Stacks = false };

    private static GradientCase Pad(string mode, long[] pads) => new(
        $"Pad {mode} {string.Join(',', pads)}",
        "Pad",
        (g, x) => g.Emit("Pad", [x[0], g.Int64s(pads)], NodeAttributes.Of(("mode", mode))),
        X(4, 3));
}
