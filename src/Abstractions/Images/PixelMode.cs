namespace Pellucid.Abstractions.Images;

/// <summary>
/// What a pixel holds, named after the mode in which Pillow would open the same file: published pre-processing
/// pipelines resize before they convert, so the mode decides the numbers a model sees.
/// </summary>
public enum PixelMode
{
    /// <summary>8-bit grey, 1 byte a pixel (Pillow "L"; 2- and 4-bit files are widened to 0..255).</summary>
    Gray = 0,

    /// <summary>8-bit grey and alpha, 2 bytes a pixel (Pillow "LA").</summary>
    GrayAlpha = 1,

    /// <summary>8-bit red, green, blue, 3 bytes a pixel (Pillow "RGB"; 16-bit colour keeps its high byte).</summary>
    Rgb = 2,

    /// <summary>8-bit red, green, blue, alpha, 4 bytes a pixel, not premultiplied (Pillow "RGBA").</summary>
    Rgba = 3,

    /// <summary>
    /// A palette image (Pillow "P"), held as the palette's colours, 3 bytes a pixel. Pillow resizes indices with the nearest
    /// neighbour whatever filter is asked for, and picking an index is picking its colour.
    /// </summary>
    Palette = 4,

    /// <summary>Black and white, 0 or 255, 1 byte a pixel (Pillow "1"); also resized with the nearest neighbour.</summary>
    Bilevel = 5,

    /// <summary>
    /// Wide integers, a native-endian int32 (4 bytes) a pixel: 16-bit grey (Pillow "I" and "I;16"). Converting to 8 bits
    /// clips to 0..255 and does not scale, as Pillow does.
    /// </summary>
    Integer = 6,

    /// <summary>float32 grey, 4 bytes a pixel (Pillow "F"). Converting to 8 bits truncates and clips to 0..255.</summary>
    Float = 7,

    /// <summary>8-bit cyan, magenta, yellow, black, 0 = no ink, 4 bytes a pixel (Pillow "CMYK").</summary>
    Cmyk = 8,
}
