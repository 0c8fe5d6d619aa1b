using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle;

/// <summary>Explanations of the served model from attributions of every input element.</summary>
internal static class Attribution
{
    /// <summary>What methods explain that leave the model alone.</summary>
    public const string ServedModel = "the served model";

    /// <summary>Whether a target is one that methods explain which send it back, or evaluate it: any function of the embedding or element of a tap.</summary>
    public static bool IsKnown(ExplanationTarget target) => target is EmbeddingTarget or TapTarget;

    /// <summary>A signed explanation; the map is the sum over the channels.</summary>
    /// <param name="pixels">[1, C, H, W], for the shape.</param>
    /// <param name="target">What is explained.</param>
    /// <param name="score">Its value.</param>
    /// <param name="elements">Attribution, C x H x W values.</param>
    /// <param name="undefined">What to say where the map is all zeros.</param>
    /// <param name="details">Further tensors.</param>
    /// <param name="function">What was explained.</param>
    /// <exception cref="PellucidException">An element is not finite.</exception>
    public static Explanation Signed(
        HostTensor pixels, ExplanationTarget target, double score, float[] elements, string undefined,
        IReadOnlyDictionary<string, HostTensor>? details = null, string function = ServedModel)
    {
        if (!TensorPrimitives.IsFiniteAll<float>(elements))
            throw new PellucidException($"the attribution of {target.Describe()} is not finite: the model's weights, the image or the baseline are unusable");
        HostTensor tensor = HostTensor.Of(elements, pixels.Shape[1], pixels.Shape[2], pixels.Shape[3]);
        HostTensor map = ChannelReduction.Sum(tensor);
        return new Explanation
        {
            Target = target,
            Score = score,
            ExplainedScore = score,
            ExplainedFunction = function,
            Image = new ImageAttribution
            {
                Map = map,
                Signed = true,
                Elements = tensor,
                Undefined = map.Floats.ContainsAnyExcept(0f) ? null : undefined,
            },
            Details = details ?? new Dictionary<string, HostTensor>(StringComparer.Ordinal),
        };
    }
}
