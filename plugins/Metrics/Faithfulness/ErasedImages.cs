using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Faithfulness;

/// <summary>The images of deletion and insertion, step by step.</summary>
internal static class ErasedImages
{
    /// <summary>Number of measured images.</summary>
    public static int Points(PixelStepOptions options) => (options.Steps / options.Every) + 1;

    /// <summary>Steps that the first image of an insertion has behind it: the repository leaves out the empty one.</summary>
    public static int InsertionStart(PixelStepOptions options) => options.Variant == EraseVariant.Repository ? 1 : 0;

    /// <summary>The unchanged image, then with its most important pixels filled. A draw <c>random</c> [steps, pixels of a step, C] in [0, 1) is replayed.</summary>
    public static ChangedImages Deleting(Features features, PixelStepOptions options, FillColor color, PixelColors? colors)
    {
        int[][] steps = ErasedPixels.Steps(features, options);
        Fill fill = new(color, colors, features.Item);
        HostTensor? stored = color == FillColor.Random ? features.Item.Draws?.GetValueOrDefault("random") : null;
        return new ChangedImages(
            Points(options),
            (point, image) =>
            {
                for (int s = (point - 1) * options.Every; point > 0 && s < point * options.Every; s++)
                {
                    if (stored is null) fill.Apply(image, features.Elements(steps[s]));
                    else Replay(stored, s, steps[s], features, options, colors!, image);
                }
            },
            Cumulative: true);
    }

    /// <summary>The empty image, then with the most important pixels put onto it.</summary>
    public static ChangedImages Inserting(Features features, PixelStepOptions options, FillColor color, PixelColors? colors)
    {
        int[][] steps = ErasedPixels.Steps(features, options);
        Fill fill = new(color, colors, features.Item);
        bool repository = options.Variant == EraseVariant.Repository;
        int points = Points(options);
        return new ChangedImages(
            points,
            (point, image) =>
            {
                if (point == 0) fill.ApplyToAll(image);
                if (repository && point == points - 1)
                {
                    features.Item.Image.Pixels.Floats.CopyTo(image);
                    return;
                }

                // The repository's first point has the pixels of the first steps already.
                int until = (repository ? point + 1 : point) * options.Every;
                for (int s = Math.Max(0, until - options.Every); s < until; s++)
                {
                    foreach (int e in features.Elements(steps[s])) image[e] = features.Item.Image.Pixels.Floats[e];
                }
            },
            Cumulative: true);
    }

    private static void Replay(HostTensor stored, int step, int[] pixels, Features features, PixelStepOptions options, PixelColors colors, float[] image)
    {
        int channels = image.Length / features.Count;
        if (stored.Shape.Rank != 3 || stored.Shape[0] < options.Steps || stored.Shape[1] < pixels.Length || stored.Shape[2] != channels)
            throw new PellucidException($"the random colors to replay are {stored.Shape}; [{options.Steps}, {pixels.Length}, {channels}] is needed");
        int width = (int)stored.Shape[1];
        for (int k = 0; k < pixels.Length; k++)
        {
            for (int c = 0; c < channels; c++)
            {
                double level = stored.Floats[(((step * width) + k) * channels) + c];
                if (options.Variant == EraseVariant.Repository) level = Math.Truncate((float)level * 255f) / 255;
                image[(c * features.Count) + pixels[k]] = colors.At(c, level);
            }
        }
    }
}
