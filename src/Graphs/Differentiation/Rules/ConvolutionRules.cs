using Pellucid.Graphs.Operators;

namespace Pellucid.Graphs.Differentiation.Rules;

/// <summary>Gradients of convolutions by their input, over 1, 2 or 3 spatial axes.</summary>
internal static class ConvolutionRules
{
    /// <summary>
    /// A flipped kernel is a copy of the weight that the runtime makes when it folds constants. Dense convolution is worth
    /// that (about 1.4 x against ConvTranspose) up to this size; larger kernels are read where they are.
    /// </summary>
    private const long LargestFlippedKernel = 16L << 20;

    public static IEnumerable<KeyValuePair<string, GradientRule>> All { get; } =
    [
        new("Conv", Convolution),
        new("ConvTranspose", Transposed),
    ];

    /// <summary>
    /// y[m, p] = sum over c, k of W[m, c, k] x[c, p stride + k dilation - pad]:
    /// dx[c, q] = sum over m, k of W[m, c, k] dy[m, p] wherever p stride + k dilation - pad = q.
    /// Kernels of one element and patches (stride = kernel) are matrix products with the weight as it lies in its file;
    /// stride 1 is a convolution with the flipped kernel; the rest is ConvTranspose, with the weight as it is.
    /// </summary>
    private static void Convolution(GradientScope s)
    {
        OnlyInput(s);
        Value w = s.Input(1);
        WindowGeometry window = WindowGeometry.Of(s, [.. w.Shape.Skip(2)]);
        long group = s.Attributes.Int("group", 1);
        if (group == 1 && window.IsTiling) s.AddExact(0, Patches(s, window));
        else if (window.Flipped(group) is { } flipped && IsSmall(w)) s.AddExact(0, s.G.Emit("Conv", [s.Dy, Flip(s.G, w, group)], flipped));
        else if (window.IsFixed) s.AddExact(0, s.G.Emit("ConvTranspose", [s.Dy, w], window.Transposed(group)));
        else throw s.Refuse("the image size is known only at run time; import the model with a fixed one");
    }

    /// <summary>ConvTranspose is the gradient of a convolution, so its gradient is that convolution: the same kernel and attributes.</summary>
    private static void Transposed(GradientScope s)
    {
        OnlyInput(s);
        if (s.Attributes.Has("output_shape") || s.Attributes.String("auto_pad", "NOTSET") is "SAME_UPPER" or "SAME_LOWER")
            throw s.Refuse("automatic padding has no rule; export it with explicit pads");
        s.AddExact(0, s.G.Emit("Conv", [s.Dy, s.Input(1)], s.Attributes.Without("output_padding")));
    }

    /// <summary>Each output element's patch is dy^T W, of [B, positions, C k]; the patches are then put side by side.</summary>
    private static Value Patches(GradientScope s, WindowGeometry window)
    {
        GraphBuilder g = s.G;
        Value w = s.Input(1);
        int n = window.Axes;
        long m = w.Shape[0], c = w.Shape[1];
        Value matrix = AsMatrix(g, w, m, w.Shape.ElementCount() / m);
        Value dy = g.Reshape(s.Dy, 0, m, -1);
        if (window.Kernel.All(k => k == 1))
            return g.Reshape(g.FusedMatMul(matrix, dy, transposeA: true, transposeB: false), [0, c, .. window.Input]);

        Value patches = g.FusedMatMul(dy, matrix, transposeA: true, transposeB: false);
        Value apart = g.Reshape(patches, [0, .. window.Output, c, .. window.Kernel]);
        long[] order = [0, n + 1, .. Enumerable.Range(0, n).SelectMany(i => new long[] { i + 1, n + 2 + i })];
        return g.Reshape(g.Transpose(apart, order), [0, c, .. window.Input]);
    }

    /// <summary>The kernel as a matrix: for a weight the same bytes under another shape, never a copy.</summary>
    private static Value AsMatrix(GraphBuilder g, Value w, long rows, long columns)
    {
        Weight? weight = g.WeightOf(w.Name);
        if (weight is null) return g.Reshape(w, rows, columns);
        string name = w.Name + ".matrix";
        if (g.Has(name)) return g.Find(name);
        return g.Weight(name, weight is FileWeight file ? file.Reshape(rows, columns) : new InlineWeight(weight.Read().Reshape(rows, columns)));
    }

    /// <summary>W[m, c, k] to W'[c, m, -k], within each group.</summary>
    private static Value Flip(GraphBuilder g, Value w, long group)
    {
        int n = w.Rank - 2;
        long m = w.Shape[0] / group, c = w.Shape[1];
        long[] kernel = [.. w.Shape.Skip(2)], spatial = [.. Enumerable.Range(2, n).Select(i => (long)i)];
        Value flipped = kernel.All(k => k == 1) ? w : g.Emit(
            "Slice",
            [w, g.Int64s(WindowGeometry.Repeat(-1, n)), g.Int64s(WindowGeometry.Repeat(long.MinValue, n)), g.Int64s(spatial), g.Int64s(WindowGeometry.Repeat(-1, n))]);
        if (m == 1 && c == 1) return flipped;
        if (group == 1) return g.Transpose(flipped, [1, 0, .. spatial]);
        Value grouped = g.Reshape(flipped, [group, m, c, .. kernel]);
        return g.Reshape(g.Transpose(grouped, [0, 2, 1, .. spatial.Select(a => a + 1)]), [group * c, m, .. kernel]);
    }

    private static bool IsSmall(Value w) => w.Shape.ElementCount() * w.Type.Element.SizeInBytes() <= LargestFlippedKernel;

    private static void OnlyInput(GradientScope s)
    {
        if (s.Needs(1) || s.Needs(2)) throw s.Refuse("only the gradient by its input is supported, not by kernel or bias");
    }
}
