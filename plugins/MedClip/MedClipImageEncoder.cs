using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Modeling.Convolutional;
using Pellucid.Modeling.Transformers;

namespace Pellucid.Plugins.MedClip;

/// <summary>
/// MedCLIP's image encoder: one grey channel, that the published code repeats three times (here the first kernel is summed over its
/// channels instead, the same function), through a ResNet or a Swin, averaged over all positions, projected without bias.
/// </summary>
internal static class MedClipImageEncoder
{
    /// <summary>Channels of an image.</summary>
    public const int Channels = 1;

    private const string Prefix = "vision";

    /// <summary>Builds the graph of a ResNet: pixel_values [?, 1, H, W] to image_embeds [?, E].</summary>
    public static Graph Build(ResNetWeights w, ProjectionWeights projection, ImageSize size)
    {
        if (size.Height < 1 || size.Width < 1) throw new PellucidException($"an image of {size} pixels is empty");
        var g = new GraphBuilder("image encoder");
        return Finish(g, ResNet.Append(g, Pixels(g, size), w, Prefix), projection);
    }

    /// <summary>Builds the graph of a Swin: pixel_values [?, 1, H, W] to image_embeds [?, E].</summary>
    public static Graph Build(SwinWeights w, float epsilon, ProjectionWeights projection, ImageSize size)
    {
        var g = new GraphBuilder("image encoder");
        return Finish(g, SwinTransformer.Append(g, Pixels(g, size), w, epsilon, Prefix), projection);
    }

    private static Value Pixels(GraphBuilder g, ImageSize size) =>
        g.Input(EncoderNames.PixelValues, TensorType.Float(TensorShape.Dynamic, Channels, size.Height, size.Width));

    private static Graph Finish(GraphBuilder g, Value pooled, ProjectionWeights projection)
    {
        g.Output(EncoderNames.ImageEmbeds, g.AppendProjection(pooled, $"{Prefix}.projection", projection));
        return g.Build();
    }
}
