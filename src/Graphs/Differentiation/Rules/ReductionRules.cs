using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of reductions: the cotangent times a slope, repeated along the reduced axes.</summary>
internal static class ReductionRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("ReduceSum", s => Reduce(s, null)),
        new("ReduceMean", s => Average(s, Axes(s), Keeps(s))),
        new("ReduceMax", s => Reduce(s, Ties)),
        new("ReduceMin", s => Reduce(s, Ties)),
        new("ReduceL1", s => Reduce(s, (g, x, _, _) => g.Emit("Sign", [x]))),
        new("ReduceL2", s => Reduce(s, L2)),
        new("ReduceSumSquare", s => Reduce(s, (g, x, _, _) => g.Scale(x, 2))),
        new("ReduceLogSumExp", s => Reduce(s, (g, x, y, _) => g.Exp(g.Sub(x, y)))),
        new("GlobalAveragePool", s => Average(s, SpatialAxes(s), keep: true)),
        new("GlobalMaxPool", s => Apply(s, SpatialAxes(s), keep: true, Ties)),
    ];

    /// <summary>Slope of a reduction from its input, its output with the reduced axes kept, and those axes.</summary>
    private delegate Value SlopeOf(GraphBuilder g, Value x, Value y, long[] axes);

    /// <summary>y = max(x) or min(x): elements that equal it share dy evenly, as PyTorch's amax does.</summary>
    private static Value Ties(GraphBuilder g, Value x, Value y, long[] axes)
    {
        Value hits = g.EqualMask(x, y);
        return g.Div(hits, g.ReduceSum(hits, axes));
    }

    /// <summary>y = |x|: x / y, and 0 at x = 0 as in PyTorch.</summary>
    private static Value L2(GraphBuilder g, Value x, Value y, long[] axes) =>
        g.Div(x, g.Where(g.Emit("Equal", [y, g.Like(y, 0)]), g.Like(y, 1), y));

    private static void Reduce(GradientScope s, SlopeOf? slope) => Apply(s, Axes(s), Keeps(s), slope);

    /// <summary>dx = dy slope(x, y); without a slope (a sum) dy itself, repeated.</summary>
    private static void Apply(GradientScope s, long[] axes, bool keep, SlopeOf? slope)
    {
        Value x = s.Input(0), dy = Kept(s, s.Dy, axes, keep);
        RequireUnbatched(s, dy, axes);
        s.AddExact(0, slope is null ? s.Stretch(dy, x, axes) : s.G.Mul(dy, slope(s.G, x, Kept(s, s.Output(), axes, keep), axes)));
    }

    /// <summary>y = mean(x) over N elements: dx = dy / N, repeated.</summary>
    private static void Average(GradientScope s, long[] axes, bool keep)
    {
        Value x = s.Input(0), dy = Kept(s, s.Dy, axes, keep);
        RequireUnbatched(s, dy, axes);
        long[] lengths = [.. axes.Select(a => x.Shape[(int)a])];
        Value share = lengths.Contains(TensorShape.Dynamic)
            ? s.G.Div(dy, s.G.ReduceSum(s.G.OnesLike(x), axes))
            : s.G.Mul(dy, s.G.Like(dy, 1.0 / lengths.Aggregate(1L, (a, b) => a * b)));
        s.AddExact(0, s.Stretch(share, x, axes));
    }

    private static Value Kept(GradientScope s, Value reduced, long[] axes, bool keep) => keep || axes.Length == 0 ? reduced : s.G.Unsqueeze(reduced, axes);

    private static bool Keeps(GradientScope s) => s.Attributes.Int("keepdims", 1) != 0;

    private static long[] SpatialAxes(GradientScope s) => [.. Enumerable.Range(2, s.Input(0).Rank - 2).Select(i => (long)i)];

    private static long[] Axes(GradientScope s)
    {
        int rank = s.Input(0).Rank;
        long[] axes = s.Has(1) ? s.Int64s(1) : s.Attributes.Ints("axes") ?? [];
        if (axes.Length == 0 && s.Attributes.Int("noop_with_empty_axes", 0) == 0) axes = [.. Enumerable.Range(0, rank).Select(i => (long)i)];
        return [.. axes.Select(a => (long)s.Axis(a, rank))];
    }

    private static void RequireUnbatched(GradientScope s, Value dy, long[] axes)
    {
        foreach (int axis in axes.Select(a => (int)a))
        {
            if (dy.Shape[axis] != 1 && s.Input(0).Shape[axis] != 1)
                throw s.Refuse($"several cotangents are stacked along axis {axis}, which it reduces; run them one at a time");
        }
    }
}
