using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>
/// Saliency: the gradient of the target by every pixel value (Simonyan, Vedaldi, Zisserman 2014, section 3.1).
/// The map is the largest absolute value over the channels, as in the paper, or with <c>abs=false</c> the sum over the channels of the
/// signed gradient, which is linear in the target.
/// </summary>
/// <example><c>--explainer "saliency(abs=false)"</c></example>
/// <param name="options">Options.</param>
public sealed class SaliencyExplainer(SaliencyOptions options) : GradientExplainer
{
    /// <inheritdoc/>
    protected override bool Signed => !options.Abs;

    /// <inheritdoc/>
    protected override void Attribute(ReadOnlySpan<float> pixels, ReadOnlySpan<float> gradient, Span<float> elements)
    {
        if (options.Abs) TensorPrimitives.Abs(gradient, elements);
        else gradient.CopyTo(elements);
    }

    /// <inheritdoc/>
    protected override HostTensor Reduce(HostTensor elements) =>
        (options.Channels == ChannelFold.Auto ? options.Abs : options.Channels == ChannelFold.Max) ? ChannelReduction.Max(elements) : ChannelReduction.Sum(elements);
}
