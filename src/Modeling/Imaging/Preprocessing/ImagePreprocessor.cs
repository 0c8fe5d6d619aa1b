using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Preprocessing;

/// <summary>Runs a <see cref="PreprocessingSpec"/>. Pure functions.</summary>
public static class ImagePreprocessor
{
    // A 1 x 30000 strip whose shorter side becomes 224 would be 6.7 million columns wide.
    private const long MaxInputPixels = 64L << 20;

    /// <summary>Converts, resizes, crops and normalizes an image.</summary>
    /// <exception cref="PellucidException">The specification does not make sense.</exception>
    public static PreprocessedImage Run(DecodedImage image, PreprocessingSpec spec)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(spec);
        spec.Validate();
        (DecodedImage bytes, ImageGeometry geometry) = Resize(image, spec);
        if (spec.Crop != CropRule.None) (bytes, geometry) = Crop(bytes, geometry, spec);
        bytes = Convert(bytes, spec);
        return new PreprocessedImage(Normalize(bytes, spec), bytes, geometry);
    }

    /// <summary>The values a model takes of 8-bit pixels: (byte x factor - mean) / std in float32, [1,C,H,W].</summary>
    /// <param name="bytes">RGB or grey, as <see cref="PreprocessingSpec.Color"/> says.</param>
    /// <param name="spec">Factor, mean and std.</param>
    /// <exception cref="ArgumentException">The image's mode is not the specification's.</exception>
    public static HostTensor Normalize(DecodedImage bytes, PreprocessingSpec spec)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(spec);
        PixelMode expected = spec.Color == ColorTarget.Rgb ? PixelMode.Rgb : PixelMode.Gray;
        if (bytes.Mode != expected) throw new ArgumentException($"{bytes} should be {expected}", nameof(bytes));
        int channels = expected.Channels();
        int area = bytes.Width * bytes.Height;
        var values = new float[spec.Channels * area];
        ReadOnlySpan<byte> source = bytes.Pixels.Span;
        Span<float> table = stackalloc float[256];
        for (int c = 0; c < spec.Channels; c++)
        {
            int from = c % channels;
            for (int v = 0; v < table.Length; v++) table[v] = ((float)(v * spec.RescaleFactor) - spec.Mean[from]) / spec.Std[from];
            Span<float> plane = values.AsSpan(c * area, area);
            for (int i = 0; i < plane.Length; i++) plane[i] = table[source[i * channels + from]];
        }

        return HostTensor.Of(values, 1, spec.Channels, bytes.Height, bytes.Width);
    }

    /// <summary>The first half of <see cref="Run"/>: the image after the resize, before the crop and, if it comes after that, the conversion.</summary>
    /// <exception cref="PellucidException">The result would be too large for a model input.</exception>
    public static (DecodedImage Image, ImageGeometry Geometry) Resize(DecodedImage image, PreprocessingSpec spec)
    {
        int w = image.Width, h = image.Height;
        DecodedImage source = spec.ColorOrder == ColorOrder.BeforeResize ? Convert(image, spec) : image;
        double left = 0, top = 0;
        if (spec.Resize == ResizeMode.PadSquare)
        {
            int side = Math.Max(Math.Max(w, h), spec.Width);
            (int x, int y) = ((side - w) / 2, (side - h) / 2);
            source = Place(source, side, side, x, y);
            (left, top) = (-x, -y);
        }

        (int width, int height) = spec.Resize switch
        {
            ResizeMode.None => (source.Width, source.Height),
            ResizeMode.ShortestEdge => w <= h
                ? (spec.Width, Longer(spec.Width, h, w))
                : (Longer(spec.Width, w, h), spec.Width),
            ResizeMode.KeepSize => (ToPatches(w * spec.Scale, spec.Patch), ToPatches(h * spec.Scale, spec.Patch)),
            ResizeMode.KeepAspect => w <= h
                ? (ToPatches(spec.Width, spec.Patch), ToPatches((double)spec.Width * h / w, spec.Patch))
                : (ToPatches((double)spec.Width * w / h, spec.Patch), ToPatches(spec.Width, spec.Patch)),
            _ => (spec.Width, spec.Height),
        };
        if ((long)width * height > MaxInputPixels)
        {
            throw new PellucidException(
                $"{image} would become {width} x {height} pixels by the pre-processing '{spec.Name}', more than the {MaxInputPixels} a model input may have: "
                + "crop the image, or use pre-processing with a fixed size.");
        }

        var geometry = new ImageGeometry(w, h, width, height, left, top, (double)source.Width / width, (double)source.Height / height);
        return (PillowResize.Resize(source, width, height, spec.Resample), geometry);
    }

    private static int Longer(int edge, int longer, int shorter) => (int)Math.Min((long)edge * longer / shorter, int.MaxValue);

    private static int ToPatches(double side, int patch) => Math.Max((int)(side / patch + 0.5), 1) * patch;

    private static DecodedImage Convert(DecodedImage image, PreprocessingSpec spec) =>
        spec.Color == ColorTarget.Rgb ? PillowConvert.ToRgb(image) : PillowConvert.ToGray(image);

    private static (DecodedImage Image, ImageGeometry Geometry) Crop(DecodedImage image, ImageGeometry geometry, PreprocessingSpec spec)
    {
        int x = CropStart(image.Width, spec.CropWidth, spec.Crop);
        int y = CropStart(image.Height, spec.CropHeight, spec.Crop);
        (double sx, double sy) = geometry.ToSource(x, y);
        return (
            Place(image, spec.CropWidth, spec.CropHeight, -x, -y),
            geometry with { Width = spec.CropWidth, Height = spec.CropHeight, OffsetX = sx, OffsetY = sy });
    }

    /// <summary>First row or column of the crop; negative by the padding before it when the side is too short.</summary>
    private static int CropStart(int side, int crop, CropRule rule)
    {
        int difference = side - crop;
        if (difference >= 0) return rule == CropRule.OpenAi ? (int)Math.Round(difference / 2.0, MidpointRounding.ToEven) : difference / 2;
        return rule == CropRule.OpenAi ? -(-difference / 2) : -((1 - difference) / 2);
    }

    /// <summary>A canvas of zeros with the image's corner at (x, y), either of which may be negative.</summary>
    private static DecodedImage Place(DecodedImage image, int width, int height, int x, int y)
    {
        if (x == 0 && y == 0 && width == image.Width && height == image.Height) return image;
        int pixel = image.Mode.BytesPerPixel();
        var canvas = new byte[checked(width * height * pixel)];
        int from = Math.Max(x, 0), to = Math.Min(x + image.Width, width);
        if (to > from)
        {
            for (int row = Math.Max(y, 0); row < Math.Min(y + image.Height, height); row++)
            {
                image.Pixels.Span.Slice(((row - y) * image.Width + from - x) * pixel, (to - from) * pixel)
                    .CopyTo(canvas.AsSpan((row * width + from) * pixel));
            }
        }

        return new DecodedImage(width, height, image.Mode, canvas, image.Source, orientation: image.Orientation);
    }
}
