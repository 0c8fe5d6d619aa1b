using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>
/// How a layer lies over the image: a feature map [C, h, w], or tokens [N, D] of which those of the patches form a grid, row by row.
/// </summary>
/// <param name="Channels">C or D.</param>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Tokens">N; 0 for a feature map.</param>
/// <param name="PrefixTokens">Tokens before the patches.</param>
internal sealed record LayerGrid(int Channels, int Height, int Width, int Tokens, int PrefixTokens)
{
    /// <summary>Positions of a channel.</summary>
    public int Area => Height * Width;

    /// <summary>Elements of a whole layer.</summary>
    public int Size => Tokens == 0 ? Channels * Area : Channels * Tokens;

    /// <summary>The layer's shape without the batch.</summary>
    public TensorShape Shape => Tokens == 0 ? new TensorShape(Channels, Height, Width) : new TensorShape(Tokens, Channels);

    /// <summary>Reads the shape of a layer's activation for one image.</summary>
    /// <param name="shape">[1, C, h, w] or [1, N, D].</param>
    /// <param name="layout">Layout of a transformer; null where it is none.</param>
    /// <param name="image">Size of the image.</param>
    /// <param name="layer">What the user called it, for messages.</param>
    /// <exception cref="PellucidException">The layer does not lie over the image.</exception>
    public static LayerGrid Of(TensorShape shape, TransformerLayout? layout, ImageSize image, string layer)
    {
        if (shape.Rank == 4 && (layout is null || (shape[2] == layout.GridHeight && shape[3] == layout.GridWidth)))
            return new LayerGrid((int)shape[1], (int)shape[2], (int)shape[3], 0, 0);
        if (shape.Rank == 3)
        {
            int tokens = (int)shape[1], channels = (int)shape[2];
            if (layout is not null && tokens == layout.Tokens) return new LayerGrid(channels, layout.GridHeight, layout.GridWidth, tokens, layout.PrefixTokens);
            if (layout is not null && tokens == layout.GridHeight * layout.GridWidth) return new LayerGrid(channels, layout.GridHeight, layout.GridWidth, tokens, 0);
            int side = (int)Math.Round(Math.Sqrt(tokens));
            if (layout is null && side * side == tokens && image.Height == image.Width) return new LayerGrid(channels, side, side, tokens, 0);
        }

        string wanted = layout is null
            ? "a feature map [1,C,h,w], or tokens [1,N,D] that fill a square"
            : $"tokens [1,{layout.Tokens},D] or [1,{layout.GridHeight * layout.GridWidth},D], or a feature map [1,C,{layout.GridHeight},{layout.GridWidth}]";
        throw new PellucidException($"layer '{layer}' is {shape}, which does not lie over the image; needed is {wanted}");
    }

    /// <summary>One row of a batch as channels over the grid, [C, h, w]; tokens that are no patches are left out.</summary>
    public float[] Read(HostTensor batch, int row)
    {
        ReadOnlySpan<float> source = batch.Floats.Slice(row * Size, Size);
        if (Tokens == 0) return source.ToArray();
        float[] grid = new float[Channels * Area];
        for (int p = 0; p < Area; p++)
        {
            ReadOnlySpan<float> token = source.Slice((PrefixTokens + p) * Channels, Channels);
            for (int c = 0; c < Channels; c++) grid[(c * Area) + p] = token[c];
        }

        return grid;
    }
}
