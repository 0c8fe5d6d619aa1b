using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Output;

/// <summary>How a map is drawn over its image.</summary>
/// <param name="Colors">Colors of unsigned maps; signed ones are always blue to red.</param>
/// <param name="Opacity">0 shows the image only, 1 the map only.</param>
/// <param name="MinimumSide">Small images are enlarged by a whole factor until their shorter side has this many pixels.</param>
public sealed record OverlayStyle(ColorMap Colors, double Opacity = 0.55, int MinimumSide = 256)
{
    /// <summary>Draws a map.</summary>
    /// <param name="image">The original image.</param>
    /// <param name="map">[H, W] of the image's size.</param>
    /// <param name="signed">Whether the map has a sign.</param>
    public DecodedImage Draw(DecodedImage image, HostTensor map, bool signed)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(map);
        float[] values = signed ? MapNormalization.Signed(map.Floats) : MapNormalization.MinMax(map.Floats);
        int factor = Factor(image);
        DecodedImage picture = Enlarge(image, factor);
        float[] enlarged = factor == 1 ? values : MapUpsampler.Bilinear(values, image.Height, image.Width, picture.Height, picture.Width);
        return Overlay.Blend(picture, enlarged, signed ? ColorMap.BlueRed : Colors, (float)Opacity);
    }

    /// <summary>The image as RGB, enlarged as maps over it are.</summary>
    public DecodedImage Enlarge(DecodedImage image) => Enlarge(image, Factor(image));

    private int Factor(DecodedImage image) => Math.Max(1, (MinimumSide + Math.Min(image.Width, image.Height) - 1) / Math.Min(image.Width, image.Height));

    private static DecodedImage Enlarge(DecodedImage image, int factor)
    {
        DecodedImage rgb = PillowConvert.ToRgb(image);
        return factor == 1 ? rgb : PillowResize.Resize(rgb, rgb.Width * factor, rgb.Height * factor, Resample.Bicubic);
    }
}
