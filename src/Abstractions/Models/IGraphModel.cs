using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>A model whose encoders are graphs: they can be edited, differentiated and run.</summary>
public interface IGraphModel : IDifferentiableModel, ITappedModel
{
    /// <summary>
    /// The image encoder for an input size: <see cref="EncoderNames.PixelValues"/> [?, C, H, W] to
    /// <see cref="EncoderNames.ImageEmbeds"/> [?, E], un-normalized.
    /// </summary>
    /// <exception cref="PellucidException">The model does not take images of that size.</exception>
    Graph ImageEncoder(ImageSize size);

    /// <summary>
    /// The text encoder: <see cref="EncoderNames.InputIds"/> int64 [?, L] to <see cref="EncoderNames.TextEmbeds"/> [?, E], un-normalized.
    /// </summary>
    Graph TextEncoder();

    /// <summary>How the transformer of an encoder is laid out, or null where it is none (a convolutional network).</summary>
    TransformerLayout? Layout(Modality modality, ImageSize? size = null);

    /// <summary>
    /// The graph of targets: the encoder with the fusion rule behind it. K targets of one kind share one forward.
    /// </summary>
    /// <param name="targets">K targets of one kind.</param>
    /// <param name="side">Which encoder is explained; the other side enters as an embedding.</param>
    /// <param name="size">Image size; null for the native one. Ignored for the text side.</param>
    /// <param name="counterpart">
    /// For the text side: [1, E] or [B, E] embedding of the image(s) that the texts are matched with; null for the image side.
    /// </param>
    /// <exception cref="PellucidException">The targets differ in kind, or cannot be resolved on that side.</exception>
    TargetGraph Resolve(IReadOnlyList<ExplanationTarget> targets, Modality side, ImageSize? size = null, HostTensor? counterpart = null);
}
