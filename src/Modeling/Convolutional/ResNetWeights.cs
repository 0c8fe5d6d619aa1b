namespace Pellucid.Modeling.Convolutional;

/// <summary>Weights of a ResNet of bottleneck blocks.</summary>
/// <param name="Stem">The 7 x 7 convolution.</param>
/// <param name="Layers">Blocks of layer1, layer2, ...</param>
public sealed record ResNetWeights(ConvNormWeights Stem, IReadOnlyList<IReadOnlyList<BottleneckWeights>> Layers);
