namespace Pellucid.Modeling.Convolutional;

/// <summary>Weights of a bottleneck block (He et al. 2016, fig. 5 right).</summary>
/// <param name="Reduce">1 x 1, to the block's inner width.</param>
/// <param name="Spatial">3 x 3.</param>
/// <param name="Expand">1 x 1, to four times the inner width.</param>
/// <param name="Shortcut">1 x 1 on the shortcut where size or width change; null where the input is added as it is.</param>
public sealed record BottleneckWeights(ConvNormWeights Reduce, ConvNormWeights Spatial, ConvNormWeights Expand, ConvNormWeights? Shortcut);
