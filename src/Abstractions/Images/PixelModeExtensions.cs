namespace Pellucid.Abstractions.Images;

/// <summary>Layout of pixels by mode.</summary>
public static class PixelModeExtensions
{
    /// <summary>Bytes one pixel takes, 1 to 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such mode.</exception>
    public static int BytesPerPixel(this PixelMode mode) => mode switch
    {
        PixelMode.Gray or PixelMode.Bilevel => 1,
        PixelMode.GrayAlpha => 2,
        PixelMode.Rgb or PixelMode.Palette => 3,
        PixelMode.Rgba or PixelMode.Cmyk or PixelMode.Integer or PixelMode.Float => 4,
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "no such pixel mode"),
    };

    /// <summary>Channels of a pixel: 1 to 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such mode.</exception>
    public static int Channels(this PixelMode mode) =>
        mode is PixelMode.Integer or PixelMode.Float ? 1 : mode.BytesPerPixel();
}
