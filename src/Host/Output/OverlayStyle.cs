using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Output;

/// <summary>How a map is drawn over its image.</summary>
/// <param name="Colors">Colors of unsigned maps; signed ones are always blue to red.</param>
/// <param name="Opacity">0 shows the image only, 1 the map only.</param>
/// <param name="MinimumSide">
/// Small images are enlarged by a whole factor until their shorter side has this many pixels, or their longer one sixteen times as
/// many: a strip of 1 x 5000 pixels would become a picture of hundreds of millions.
/// </param>
public sealed record OverlayStyle(ColorMap Colors, double Opacity = 0.55, int MinimumSide = 256)
{
    private const int MaximumAspect = 16;

    /// <summary>Draws a map.</summary>
    /// <param name="image">The original image.</param>
    /// <param name="map">[H, W] of the image's size.</param>
    /// <param name="signed">Whether the map has a sign.</param>
    public DecodedImage Draw(DecodedImage image, HostTensor map, bool signed)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(map);
        float[] values = signed ? ColorRange.Signed(map.Floats) : ColorRange.MinMax(map.Floats);
        int factor = Factor(image);
        DecodedImage picture = Enlarge(image, factor);
        float[] enlarged = factor == 1 ? values : MapUpsampler.Bilinear(values, image.Height, image.Width, picture.Height, picture.Width);
        return Overlay.Blend(picture, enlarged, signed ? ColorMap.BlueRed : Colors, (float)Opacity);
    }

    /// <summary>The image as RGB, enlarged as maps over it are.</summary>
    public DecodedImage Enlarge(DecodedImage image) => Enlarge(image, Factor(image));

    private int Factor(DecodedImage image)
    {
        (int shorter, int longer) = (Math.Min(image.Width, image.Height), Math.Max(image.Width, image.Height));
        return Math.Max(1, Math.Min((MinimumSide + shorter - 1) / shorter, MaximumAspect * MinimumSide / longer));
    }

    private static DecodedImage Enlarge(DecodedImage image, int factor)
    {
        DecodedImage rgb = PillowConvert.ToRgb(image);
        return factor == 1 ? rgb : PillowResize.Resize(rgb, rgb.Width * factor, rgb.Height * factor, Resample.Bicubic);
    }
}
