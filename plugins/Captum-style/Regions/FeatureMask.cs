using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Regions;

/// <summary>The regions of an image, each over all channels.</summary>
internal sealed class FeatureMask
{
    /// <summary>Name of the stored tensor that replaces the options: [H, W], a whole number for each pixel, equal within a region.</summary>
    public const string Draw = "feature-mask";

    private readonly int[] _featureOf;

    private FeatureMask(int[] featureOf, int count) => (_featureOf, Count) = (featureOf, count);

    /// <summary>Number F of regions; they are numbered from 0 in the order of the mask's numbers.</summary>
    public int Count { get; }

    /// <summary>Rows and columns of regions where they are equal rectangles; null where they are not.</summary>
    public (int Rows, int Columns)? Grid { get; private init; }

    /// <summary>The regions that a request gives, or those of the options: of a mask file, superpixels, or patches, numbered row by row.</summary>
    /// <exception cref="PellucidException">The mask does not fit the image, or a patch is larger than it.</exception>
    public static FeatureMask Of(ExplanationRequest request, FeatureOptions options, IImageReader images, CancellationToken cancellationToken)
    {
        ImageSize size = request.Image.Size;
        if (ReplayedDraws.Find(request, Draw) is { } stored) return OfTensor(stored, size);
        if (options.Mask is { } path) return OfNumbers(MaskFile.Read(path, size, images, cancellationToken));
        if (options.Regions == RegionKind.Superpixels) return OfNumbers(Array.ConvertAll(Cut(request, options), r => (long)r));
        int height = options.Patch == 0 ? Part(size.Height, options.Parts) : options.Patch;
        int width = options.PatchWidth != 0 ? options.PatchWidth : options.Patch == 0 ? Part(size.Width, options.Parts) : options.Patch;
        if (height > size.Height || width > size.Width)
            throw new PellucidException($"a region of {height} x {width} pixels is larger than the image as the model takes it, {size.Height} x {size.Width}; set a smaller patch");
        int columns = (size.Width + width - 1) / width;
        int[] featureOf = new int[size.Height * size.Width];
        for (int i = 0; i < featureOf.Length; i++) featureOf[i] = (i / size.Width / height * columns) + (i % size.Width / width);
        return new FeatureMask(featureOf, featureOf[^1] + 1)
        {
            Grid = size.Height % height == 0 && size.Width % width == 0 ? (size.Height / height, columns) : null,
        };
    }

    /// <summary>Fills the regions that are off.</summary>
    /// <param name="pixels">[C, H, W].</param>
    /// <param name="fill">[C, H, W].</param>
    /// <param name="on">Which regions stay.</param>
    public void Apply(Span<float> pixels, ReadOnlySpan<float> fill, bool[] on)
    {
        for (int start = 0; start < pixels.Length; start += _featureOf.Length)
        {
            for (int i = 0; i < _featureOf.Length; i++)
            {
                if (!on[_featureOf[i]]) pixels[start + i] = fill[start + i];
            }
        }
    }

    /// <summary>Gives every element the value of its region: [C, H, W].</summary>
    public HostTensor Spread(ReadOnlySpan<double> values, HostTensor image)
    {
        float[] elements = new float[image.Length];
        for (int i = 0; i < elements.Length; i++) elements[i] = (float)values[_featureOf[i % _featureOf.Length]];
        return HostTensor.Of(elements, image.Shape[1], image.Shape[2], image.Shape[3]);
    }

    /// <summary>Gives every pixel the value of its region, H x W values.</summary>
    public float[] SpreadPixels(ReadOnlySpan<double> values)
    {
        float[] pixels = new float[_featureOf.Length];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (float)values[_featureOf[i]];
        return pixels;
    }

    private static int Part(int size, int parts) => (size + parts - 1) / parts;

    private static int[] Cut(ExplanationRequest request, FeatureOptions options)
    {
        ImageSize size = request.Image.Size;
        return options.Segments <= size.Height * size.Width
            ? Superpixels.Of(ImageColors.Of(request), size.Height, size.Width, options.Segments, options.Compactness)
            : throw new PellucidException($"{options.Segments} segments are more than the {size.Height} x {size.Width} pixels of the image as the model takes it");
    }

    private static FeatureMask OfTensor(HostTensor numbers, ImageSize size)
    {
        if (numbers.Shape.Rank != 2 || numbers.Shape[0] != size.Height || numbers.Shape[1] != size.Width)
            throw new PellucidException($"the stored tensor '{Draw}' is {numbers.Shape}; for this image it must be [{size.Height}, {size.Width}]");
        return OfNumbers(numbers.Floats.ToArray());
    }

    private static FeatureMask OfNumbers<T>(T[] numbers)
    {
        T[] distinct = [.. numbers.Distinct().Order()];
        return new FeatureMask(Array.ConvertAll(numbers, n => Array.BinarySearch(distinct, n)), distinct.Length);
    }
}
