using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Convolutional;

/// <summary>
/// ResNet (He et al. 2016, "Deep residual learning for image recognition") as torchvision builds it: the stride of a layer lies on
/// the 3 x 3 convolution of its first block ("v1.5"). Batch normalization uses its running statistics.
/// </summary>
public static class ResNet
{
    private const float Epsilon = 1e-5f;

    /// <summary>
    /// Appends stem, layers and the average over all positions. Taps: <c>{prefix}.stem</c>, <c>{prefix}.layer{k}</c> and
    /// <c>{prefix}.layer{k}.block{b}</c> [B, C, h, w] (k from 1), <c>{prefix}.avgpool</c> [B, C].
    /// </summary>
    /// <param name="g">Graph under construction.</param>
    /// <param name="pixels">[B, C, H, W] with fixed H and W.</param>
    /// <param name="w">Weights.</param>
    /// <param name="prefix">Tap and weight name prefix.</param>
    /// <returns>[B, channels of the last layer].</returns>
    public static Value Append(GraphBuilder g, Value pixels, ResNetWeights w, string prefix)
    {
        Value x = g.Relu(ConvNorm(g, pixels, $"{prefix}.stem", w.Stem, stride: 2));
        x = g.Emit("MaxPool", [x], Window(3, stride: 2, padding: 1));
        g.Tap($"{prefix}.stem", x);
        for (int l = 0; l < w.Layers.Count; l++)
        {
            string layer = $"{prefix}.layer{l + 1}";
            for (int b = 0; b < w.Layers[l].Count; b++)
            {
                x = Bottleneck(g, x, $"{layer}.block{b}", w.Layers[l][b], stride: l > 0 && b == 0 ? 2 : 1);
                g.Tap($"{layer}.block{b}", x);
            }

            g.Tap(layer, x);
        }

        Value pooled = g.ReduceMean(x, [2, 3], keepDimensions: false);
        g.Tap($"{prefix}.avgpool", pooled);
        return pooled;
    }

    private static Value Bottleneck(GraphBuilder g, Value x, string name, BottleneckWeights w, int stride)
    {
        Value y = g.Relu(ConvNorm(g, x, name + ".reduce", w.Reduce));
        y = g.Relu(ConvNorm(g, y, name + ".spatial", w.Spatial, stride));
        y = ConvNorm(g, y, name + ".expand", w.Expand);
        return g.Relu(g.Add(y, w.Shortcut is null ? x : ConvNorm(g, x, name + ".shortcut", w.Shortcut, stride)));
    }

    private static Value ConvNorm(GraphBuilder g, Value x, string name, ConvNormWeights w, int stride = 1)
    {
        long kernel = w.Kernel.Shape[^1];
        Value y = g.Emit("Conv", [x, g.Weight(name + ".kernel", w.Kernel)], Window(kernel, stride, kernel / 2));
        return g.Emit(
            "BatchNormalization",
            [y, g.Weight(name + ".scale", w.Scale), g.Weight(name + ".bias", w.Bias), g.Weight(name + ".mean", w.Mean), g.Weight(name + ".variance", w.Variance)],
            NodeAttributes.Of(("epsilon", Epsilon)));
    }

    private static NodeAttributes Window(long kernel, long stride, long padding) => NodeAttributes.Of(
        ("kernel_shape", new[] { kernel, kernel }), ("strides", new[] { stride, stride }), ("pads", new[] { padding, padding, padding, padding }));
}
