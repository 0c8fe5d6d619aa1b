using Pellucid.Graphs;

namespace Pellucid.Modeling.Convolutional;

/// <summary>A convolution without bias and the batch normalization behind it.</summary>
/// <param name="Kernel">(outputs, inputs, rows, columns).</param>
/// <param name="Scale">Weight of the normalization (outputs).</param>
/// <param name="Bias">Bias of the normalization (outputs).</param>
/// <param name="Mean">Running mean (outputs).</param>
/// <param name="Variance">Running variance (outputs).</param>
public sealed record ConvNormWeights(Weight Kernel, Weight Scale, Weight Bias, Weight Mean, Weight Variance);
