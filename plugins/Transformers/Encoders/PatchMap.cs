using System.Numerics.Tensors;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Transformers.Encoders;

/// <summary>Values of patches as an attribution over the image.</summary>
internal static class PatchMap
{
    /// <summary>
    /// The attribution. Where every patch has the same value there is nothing to see, and it is undefined.
    /// </summary>
    /// <param name="patches">[rows * columns], row-major.</param>
    /// <param name="layout">The layout.</param>
    /// <param name="signed">Whether negative values speak against the target.</param>
    /// <param name="target">The target, for messages.</param>
    /// <exception cref="PellucidException">A value is not finite.</exception>
    public static ImageAttribution Of(ReadOnlySpan<float> patches, TransformerLayout layout, bool signed, ExplanationTarget target)
    {
        if (!TensorPrimitives.IsFiniteAll(patches))
            throw new PellucidException($"the map of {target.Describe()} is not finite: the model's weights or the image are unusable");
        string? undefined = patches.ContainsAnyExcept(patches[0]) ? null
            : patches[0] == 0 ? "no patch speaks for or against this target: every value is zero"
            : patches.Length == 1 ? "the image is a single patch"
            : "every patch has the same value";
        return new ImageAttribution
        {
            Map = HostTensor.Of(undefined is null ? patches.ToArray() : new float[patches.Length], layout.GridHeight, layout.GridWidth),
            Signed = signed,
            Undefined = undefined,
        };
    }

    /// <summary>The values as they came, [rows, columns], undefined or not.</summary>
    public static HostTensor Raw(ReadOnlySpan<float> patches, TransformerLayout layout) => HostTensor.Of(patches.ToArray(), layout.GridHeight, layout.GridWidth);

    /// <summary>The positive part.</summary>
    public static float[] Positive(ReadOnlySpan<float> values)
    {
        float[] positive = new float[values.Length];
        TensorPrimitives.Max(values, 0f, positive);
        return positive;
    }
}
