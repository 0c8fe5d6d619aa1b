using static Pellucid.Graphs.Tests.Differentiation.Cases.CaseInput;

namespace Pellucid.Graphs.Tests.Differentiation.Cases;

internal static class SpatialCases
{
    public static IEnumerable<GradientCase> All =>
    [
        Conv("3x3", X(2, 5, 4), W(3, 2, 3, 3)),
        Conv("3x3 padded", X(2, 5, 4), W(3, 2, 3, 3), ("pads", Longs(1, 1, 1, 1))),
        Conv("uneven pads", X(2, 5, 4), W(3, 2, 3, 2), ("pads", Longs(0, 1, 2, 0))),
        Conv("pads beyond the kernel", X(2, 3, 3), W(3, 2, 2, 2), ("pads", Longs(2, 3, 2, 2))),
        Conv("strided", X(2, 7, 6), W(3, 2, 3, 3), ("strides", Longs(2, 2)), ("pads", Longs(1, 1, 1, 1))),
        Conv("strided with rest", X(2, 8, 7), W(2, 2, 2, 3), ("strides", Longs(3, 2))),
        Conv("dilated", X(2, 6, 6), W(2, 2, 3, 2), ("dilations", Longs(2, 3)), ("pads", Longs(1, 0, 2, 1))),
        Conv("dilated and strided", X(1, 7, 7), W(2, 1, 2, 2), ("dilations", Longs(2, 3)), ("strides", Longs(2, 2)), ("pads", Longs(1, 1, 1, 1))),
        Conv("groups", X(4, 4, 4), W(6, 2, 3, 3), ("group", 2), ("pads", Longs(1, 1, 1, 1))),
        Conv("groups strided", X(4, 5, 5), W(6, 2, 3, 3), ("group", 2), ("strides", Longs(2, 2))),
        Conv("depthwise", X(3, 4, 4), W(3, 1, 3, 3), ("group", 3), ("pads", Longs(1, 1, 1, 1))),
        Conv("depthwise widening", X(2, 4, 4), W(4, 1, 3, 3), ("group", 2)),
        Conv("pointwise", X(3, 2, 3), W(4, 3, 1, 1)),
        Conv("pointwise padded", X(3, 2, 3), W(2, 3, 1, 1), ("pads", Longs(1, 1, 1, 1))),
        Conv("pointwise strided", X(3, 4, 5), W(2, 3, 1, 1), ("strides", Longs(2, 2))),
        Conv("patches", X(2, 4, 6), W(3, 2, 2, 3), ("strides", Longs(2, 3))),
        Conv("patches with rest", X(2, 5, 6), W(3, 2, 2, 3), ("strides", Longs(2, 3))),
        Conv("1-D", X(2, 6), W(3, 2, 3), ("pads", Longs(1, 1))),
        Conv("1-D strided", X(2, 6), W(3, 2, 3), ("strides", Longs(2))),
        Conv("1-D patches", X(2, 6), W(3, 2, 3), ("strides", Longs(3))),
        Conv("3-D", X(1, 3, 4, 3), W(2, 1, 2, 3, 2), ("pads", Longs(1, 1, 0, 0, 1, 0))),
        Conv("3-D strided", X(1, 3, 4, 3), W(2, 1, 2, 2, 2), ("strides", Longs(1, 2, 1))),
        Conv("3-D patches", X(1, 2, 4, 3), W(2, 1, 1, 2, 3), ("strides", Longs(1, 2, 3))),
        Conv("same upper", X(1, 5, 6), W(2, 1, 2, 3), ("auto_pad", "SAME_UPPER"), ("strides", Longs(2, 1))),
        Conv("same lower", X(1, 5, 6), W(2, 1, 2, 3), ("auto_pad", "SAME_LOWER"), ("strides", Longs(2, 1))),
        Conv("valid", X(1, 5, 6), W(2, 1, 2, 3), ("auto_pad", "VALID")),
        new("Conv with a constant kernel", "Conv", (g, x) => g.Emit("Conv", [x[0], g.Weight("kernel", Kernel(3, 2, 1, 1)), g.Weight("bias", Kernel(3))]), X(2, 3, 3)),

        ConvTranspose("plain", X(2, 3, 3), W(2, 3, 2, 2)),
        ConvTranspose("strided", X(2, 3, 3), W(2, 3, 3, 3), ("strides", Longs(2, 2)), ("pads", Longs(1, 1, 1, 1)), ("output_padding", Longs(1, 0))),
        ConvTranspose("groups dilated", X(4, 3, 3), W(4, 1, 2, 2), ("group", 2), ("dilations", Longs(2, 1))),
        ConvTranspose("1-D", X(2, 3), W(2, 1, 3), ("strides", Longs(2))),

        Pool("MaxPool", "2x2", X(2, 4, 4), ("kernel_shape", Longs(2, 2)), ("strides", Longs(2, 2))),
        Pool("MaxPool", "overlapping", X(2, 5, 5), ("kernel_shape", Longs(3, 3)), ("strides", Longs(2, 2)), ("pads", Longs(1, 1, 1, 1))),
        Pool("MaxPool", "dense", X(1, 4, 4), ("kernel_shape", Longs(3, 2))),
        Pool("MaxPool", "ceil", X(2, 5, 4), ("kernel_shape", Longs(2, 3)), ("strides", Longs(2, 2)), ("ceil_mode", 1)),
        Pool("MaxPool", "dilated", X(1, 5, 5), ("kernel_shape", Longs(2, 2)), ("dilations", Longs(2, 2))),
        Pool("MaxPool", "1-D", X(2, 6), ("kernel_shape", Longs(3)), ("strides", Longs(1)), ("pads", Longs(1, 1))),
        Pool("MaxPool", "3-D", X(1, 3, 3, 3), ("kernel_shape", Longs(2, 2, 2))),

        Pool("AveragePool", "2x2", X(2, 4, 6), ("kernel_shape", Longs(2, 3)), ("strides", Longs(2, 3))),
        Pool("AveragePool", "with rest", X(2, 5, 5), ("kernel_shape", Longs(2, 2)), ("strides", Longs(2, 2))),
        Pool("AveragePool", "dense", X(2, 4, 4), ("kernel_shape", Longs(3, 2))),
        Pool("AveragePool", "padding left out", X(2, 5, 5), ("kernel_shape", Longs(3, 3)), ("strides", Longs(2, 2)), ("pads", Longs(1, 1, 1, 1))),
        Pool("AveragePool", "padding counted", X(2, 5, 5), ("kernel_shape", Longs(3, 3)), ("strides", Longs(2, 2)), ("pads", Longs(1, 1, 1, 1)), ("count_include_pad", 1)),
        Pool("AveragePool", "dense, padding left out", X(1, 4, 4), ("kernel_shape", Longs(3, 3)), ("pads", Longs(1, 1, 1, 1))),
        Pool("AveragePool", "ceil", X(2, 5, 4), ("kernel_shape", Longs(2, 3)), ("strides", Longs(2, 2)), ("ceil_mode", 1)),
        Pool("AveragePool", "ceil, padding counted", X(1, 6, 6), ("kernel_shape", Longs(3, 3)), ("strides", Longs(2, 2)), ("pads", Longs(1, 1, 0, 1)), ("ceil_mode", 1), ("count_include_pad", 1)),
        Pool("AveragePool", "dilated", X(1, 5, 5), ("kernel_shape", Longs(2, 2)), ("dilations", Longs(2, 3))),
        Pool("AveragePool", "1-D", X(2, 6), ("kernel_shape", Longs(3)), ("strides", Longs(2)), ("pads", Longs(1, 1))),
        Pool("AveragePool", "3-D", X(1, 4, 2, 4), ("kernel_shape", Longs(2, 2, 2)), ("strides", Longs(2, 2, 2))),
        Pool("GlobalAveragePool", "2-D", X(2, 3, 4)), Pool("GlobalAveragePool", "1-D", X(2, 3)),
        Pool("GlobalMaxPool", "2-D", X(2, 3, 4)),
    ];

    private static GradientCase Conv(string name, CaseInput x, CaseInput w, params (string Name, object Value)[] attributes) =>
        new($"Conv {name}", "Conv", (g, v) => g.Emit("Conv", v, NodeAttributes.Of(attributes)), x, w.Fixed(), W(w.Rest[0]).Fixed());

    private static GradientCase ConvTranspose(string name, CaseInput x, CaseInput w, params (string Name, object Value)[] attributes) =>
        new($"ConvTranspose {name}", "ConvTranspose", (g, v) => g.Emit("ConvTranspose", v, NodeAttributes.Of(attributes)), x, w.Fixed());

    private static GradientCase Pool(string op, string name, CaseInput x, params (string Name, object Value)[] attributes) =>
        new($"{op} {name}", op, (g, v) => g.Emit(op, v, NodeAttributes.Of(attributes)), x);

    private static InlineWeight Kernel(params long[] shape)
    {
        var random = new Random(7);
        float[] values = [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => random.NextSingle() - 0.5f)];
        return new InlineWeight(HostTensor.Of(values, shape));
    }

    private static long[] Longs(params long[] values) => values;
}
