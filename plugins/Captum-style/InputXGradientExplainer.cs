using System.Numerics.Tensors;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>
/// Input times gradient, element by element (Shrikumar et al. 2016, "Not just a black box", section 2). No baseline; the input is
/// the normalized pixel value, so a mean-colored pixel gets nothing. The map is the signed sum over the channels.
/// </summary>
/// <example><c>--explainer input-x-gradient</c></example>
public sealed class InputXGradientExplainer : GradientExplainer
{
    /// <inheritdoc/>
    protected override bool Signed => true;

    /// <inheritdoc/>
    protected override void Attribute(ReadOnlySpan<float> pixels, ReadOnlySpan<float> gradient, Span<float> elements) =>
        TensorPrimitives.Multiply(pixels, gradient, elements);

    /// <inheritdoc/>
    protected override HostTensor Reduce(HostTensor elements) => ChannelReduction.Sum(elements);
}
