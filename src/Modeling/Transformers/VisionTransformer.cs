using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Transformers;

/// <summary>
/// CLIP's image encoder (Dosovitskiy et al. 2021; Radford et al. 2021): patches, class token, positions, blocks, and the
/// projection of the class token.
/// </summary>
public static class VisionTransformer
{
    /// <summary>Tap and weight name prefix.</summary>
    public const string Prefix = "vision";

    /// <summary>Most patches of an image: attention probabilities take heads x patches^2 x 4 bytes, 2 GB for 12 heads here.</summary>
    public const int MaxPatches = 6400;

    /// <summary>Builds the graph for an input size: pixel_values [?, C, H, W] to image_embeds [?, E].</summary>
    /// <exception cref="PellucidException">The size is no multiple of the patch.</exception>
    public static Graph Build(VisionTransformerWeights w, TransformerSettings settings, ImageSize size)
    {
        int patch = w.Patch;
        if (size.Height <= 0 || size.Width <= 0 || size.Height % patch != 0 || size.Width % patch != 0)
            throw new PellucidException($"images of {size} pixels cannot be cut into patches of {patch} x {patch}: give sides that are multiples of {patch}");
        int rows = size.Height / patch, columns = size.Width / patch;
        if ((long)rows * columns > MaxPatches)
            throw new PellucidException($"an image of {size} pixels makes {rows} x {columns} patches; attention over more than {MaxPatches} takes too much memory: make the image smaller, or leave its aspect to the model's own pre-processing");
        var g = new GraphBuilder("image encoder");
        Value pixels = g.Input(EncoderNames.PixelValues, TensorType.Float(TensorShape.Dynamic, w.PatchEmbedding.Weight.Shape[1], size.Height, size.Width));
        Value patches = EmbedPatches(g, pixels, w.PatchEmbedding, rows, columns);
        g.Tap($"{Prefix}.patches", patches);

        // The class token enters through the position embeddings: row 0 is zero before they are added.
        Value tokens = g.Emit("Pad", [patches, g.Int64s(0, 1, 0, 0, 0, 0)]);
        Value x = g.Add(tokens, g.Weight($"{Prefix}.positions", new InlineWeight(PositionEmbeddings.WithClassToken(w, rows, columns))));
        if (w.PreNorm is not null) x = g.AppendNorm(x, $"{Prefix}.ln_pre", w.PreNorm, settings.LayerNormEpsilon);
        x = g.AppendBlocks(x, Prefix, w.Blocks, settings);

        Value token = g.AppendNorm(g.SelectToken(x, 0), $"{Prefix}.ln_post", w.PostNorm, settings.LayerNormEpsilon);
        g.Tap($"{Prefix}.ln_post", token);
        g.Output(EncoderNames.ImageEmbeds, g.AppendProjection(g.Squeeze(token, 1), $"{Prefix}.projection", w.Projection));
        return g.Build();
    }

    /// <summary>Layout of the encoder for an input size.</summary>
    public static TransformerLayout Layout(VisionTransformerWeights w, TransformerSettings settings, ImageSize size)
    {
        int rows = size.Height / w.Patch, columns = size.Width / w.Patch;
        return new TransformerLayout(
            Prefix, w.Blocks.Count, settings.Heads, (int)w.ClassEmbedding.Shape[0], 1 + (rows * columns), rows, columns, PrefixTokens: 1, Causal: false);
    }

    /// <summary>
    /// The patch convolution as a matrix product: kernel and stride are equal, so each patch is one row.
    /// [B, C, H, W] to [B, rows * columns, D], row-major.
    /// </summary>
    internal static Value EmbedPatches(GraphBuilder g, Value pixels, AffineWeights kernel, int rows, int columns)
    {
        TensorShape shape = kernel.Weight.Shape;
        long width = shape[0], channels = shape[1], patch = shape[2], length = channels * patch * patch;
        Value cells = g.Transpose(g.Reshape(pixels, -1, channels, rows, patch, columns, patch), 0, 2, 4, 1, 3, 5);
        Value flat = g.Reshape(cells, -1, rows * columns, length);
        Weight matrix = kernel.Weight is FileWeight file
            ? file.Reshape(width, length)
            : new InlineWeight(kernel.Weight.Read().Reshape(width, length));
        return g.Affine(
            flat,
            g.Weight($"{Prefix}.patch_embedding.weight", matrix),
            kernel.Bias is null ? null : g.Weight($"{Prefix}.patch_embedding.bias", kernel.Bias));
    }
}
