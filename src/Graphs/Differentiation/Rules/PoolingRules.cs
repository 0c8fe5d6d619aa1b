using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of pooling windows.</summary>
internal static class PoolingRules
{
    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("MaxPool", MaxPool),
        new("AveragePool", AveragePool),
    ];

    /// <summary>
    /// y = max of each window: dy is added at the position of the maximum (the first one where several are equal), which
    /// the node tells when asked for its Indices. Windows overlap, so this is a scatter that adds; MaxUnpool would write.
    /// The indices count through the whole batch: modulo the image size they hold for every cotangent.
    /// </summary>
    private static void MaxPool(GradientScope s)
    {
        GraphBuilder g = s.G;
        if (s.Attributes.Int("storage_order", 0) != 0) throw s.Refuse("column-major indices have no rule; export it with storage_order 0");
        Value x = s.Input(0);
        long[] spatial = [.. x.Shape.Skip(2)];
        if (spatial.Contains(TensorShape.Dynamic)) throw s.Refuse("the image size is known only at run time; import the model with a fixed one");
        long size = spatial.Aggregate(1L, (a, b) => a * b);
        Value indices = g.Reshape(g.Emit("Mod", [WithIndices(s), g.Int64s(size)]), 0, 0, -1);
        Value dy = g.Reshape(s.Dy, 0, 0, -1);
        Value zeros = s.Zeros(dy.Shape.With(2, size), x.Type.Element, _ => dy);
        s.AddExact(0, g.Reshape(s.ScatterAdd(zeros, s.IndicesFor(indices, dy), dy, 2), [0, 0, .. spatial]));
    }

    private static Value WithIndices(GradientScope s) => s.Node.Outputs.Length > 1 && s.Node.Outputs[1].Length > 0
        ? s.Output(1)
        : s.Extend(s.Node with { Outputs = [s.Node.Outputs[0], s.Node.Outputs[0] + ".indices"] })[1];

    /// <summary>
    /// y = sum of each window / n, n its number of elements (padding counted or not): dx = dy / n added to all elements of
    /// the window. Side by side that repeats dy; else it is a transposed convolution with ones, channel by channel.
    /// </summary>
    private static void AveragePool(GradientScope s)
    {
        GraphBuilder g = s.G;
        Value x = s.Input(0);
        WindowGeometry window = WindowGeometry.Of(s, s.Attributes.Ints("kernel_shape") ?? throw s.Refuse("kernel_shape is missing"));
        if (!window.IsFixed || x.Shape[1] == TensorShape.Dynamic) throw s.Refuse("the image size is known only at run time; import the model with a fixed one");
        Value share = g.Mul(s.Dy, Shares(s, window));
        if (window.IsTiling)
        {
            int n = window.Axes;
            long[] apart = [.. Enumerable.Range(0, n).SelectMany(i => new[] { window.Output[i], 1 })];
            long[] ones = [1, 1, .. Enumerable.Range(0, n).SelectMany(i => new[] { 1, window.Kernel[i] })];
            s.AddExact(0, g.Reshape(g.Expand(g.Reshape(share, [0, 0, .. apart]), ones), [0, 0, .. window.Input]));
            return;
        }

        Value kernel = Ones(g, x.Type.Element, [1, 1, .. window.Kernel]);
        Value images = g.Reshape(share, [-1, 1, .. window.Output]);
        Value spread = window.Flipped(1) is { } attributes
            ? g.Emit("Conv", [images, kernel], attributes)
            : g.Emit("ConvTranspose", [images, kernel], window.Transposed(1));
        s.AddExact(0, g.Reshape(spread, [-1, .. x.Shape.Skip(1)]));
    }

    /// <summary>1 / n of each window: one number where all are alike, else a map over the output positions.</summary>
    private static Value Shares(GradientScope s, WindowGeometry window)
    {
        bool padding = s.Attributes.Int("count_include_pad", 0) != 0;
        double[] shares = [1];
        for (int i = 0; i < window.Axes; i++)
        {
            double[] along = [.. Enumerable.Range(0, (int)window.Output[i]).Select(o => 1.0 / Elements(window, i, o, padding))];
            shares = [.. shares.SelectMany(a => along.Select(b => a * b))];
        }

        if (Array.TrueForAll(shares, v => v == shares[0])) return s.G.Like(s.Dy, shares[0]);
        return s.G.Cast(s.G.Constant(HostTensor.Of(Array.ConvertAll(shares, v => (float)v), window.Output)), s.Dy.Type.Element);
    }

    /// <summary>Elements of one window along an axis: inside the image, or inside image and padding; the overhang of ceil_mode never counts.</summary>
    private static int Elements(WindowGeometry window, int axis, long position, bool padding)
    {
        long from = padding ? -window.Begin[axis] : 0, to = window.Input[axis] + (padding ? window.End[axis] : 0);
        long start = (position * window.Strides[axis]) - window.Begin[axis];
        return Enumerable.Range(0, (int)window.Kernel[axis]).Count(k => start + (k * window.Dilations[axis]) is var at && at >= from && at < to);
    }

    private static Value Ones(GraphBuilder g, ElementType element, TensorShape shape)
    {
        float[] ones = new float[shape.ElementCount()];
        Array.Fill(ones, 1f);
        return g.Cast(g.Constant(HostTensor.Of(ones, shape)), element);
    }
}
