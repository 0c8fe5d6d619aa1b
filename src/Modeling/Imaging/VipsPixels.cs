using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging.Vips;

namespace Pellucid.Modeling.Imaging;

/// <summary>
/// Tells the mode in which Pillow would open a loaded file, and brings libvips' pixels (palettes and tRNS already expanded)
/// to that mode's layout.
/// </summary>
internal static class VipsPixels
{
    /// <returns>
    /// The mode and a new image whose pixels have the mode's layout; if GrayToColor is set, they have one grey channel where the
    /// mode has three colours.
    /// </returns>
    /// <exception cref="PellucidException">Pixels of a kind that no mode holds.</exception>
    public static (PixelMode Mode, VipsImage Image, bool GrayToColor) Normalize(
        VipsImage loaded, ImageFormat format, ReadOnlySpan<byte> file, string name)
    {
        (int bands, VipsFormat sample) = (loaded.Bands, loaded.Format);
        if (sample is VipsFormat.Complex64 or VipsFormat.Complex128) throw Unknown("complex numbers");
        if (loaded.Field("palette") is not null and not 0 || (format == ImageFormat.Tiff && TiffHeader.IsPalette(file))) 
        {
            // A palette of greys loads as one channel; what comes last beyond the colours is tRNS.
            bool gray = bands < 3;
            return (PixelMode.Palette, Bytes(loaded, gray ? 1 : 3), gray);
        }

        if (loaded.Interpretation is VipsInterpretation.Lab or VipsInterpretation.LabQ or VipsInterpretation.LabS or VipsInterpretation.Xyz or VipsInterpretation.ScRgb)
        {
            using VipsImage color = loaded.Then("colourspace", ("space", "srgb"));
            return (bands > 3 ? PixelMode.Rgba : PixelMode.Rgb, Bytes(color, bands > 3 ? 4 : 3), false);
        }

        if (loaded.Interpretation == VipsInterpretation.Cmyk)
            
        {
            return bands >= 4 && sample is (VipsFormat.UInt8 or VipsFormat.UInt16)
                ? (PixelMode.Cmyk, Bytes(loaded, 4), false)
                : throw Unknown($"CMYK of {bands} channels of {sample}");
        }


        // libvips turns a PNG's single transparent colour (tRNS) into an alpha channel; Pillow keeps it as a note.
        if (format == ImageFormat.Png && bands is 2 or 4 && !PngHasAlphaChannel(file)) bands--;
        return (bands, sample) switch
        {
            (1, VipsFormat.UInt8) => (loaded.Field("bits-per-sample") == 1 ? PixelMode.Bilevel : PixelMode.Gray, Bytes(loaded, 1), false),
            (1, VipsFormat.Float32 or VipsFormat.Float64) => (PixelMode.Float, Cast(loaded, "float"), false),
            (1, _) => (PixelMode.Integer, Cast(loaded, "int"), false),
            (2, VipsFormat.UInt8) => (PixelMode.GrayAlpha, Bytes(loaded, 2), false),
            (2, VipsFormat.UInt16) => (PixelMode.Rgba, Bytes(loaded, 2), true),
            (3, VipsFormat.UInt8 or VipsFormat.UInt16) => (PixelMode.Rgb, Bytes(loaded, 3), false),
            (4, VipsFormat.UInt8 or VipsFormat.UInt16) => (PixelMode.Rgba, Bytes(loaded, 4), false),
            _ => throw Unknown($"{bands} channels of {sample}"),
        };

        PellucidException Unknown(string what) =>
            new($"{name} holds {what} a pixel, which is no image that a model takes. Convert it to 8-bit RGB or grey.");
    }

    /// <summary>The first channels, of 16-bit ones the high byte.</summary>
    private static VipsImage Bytes(VipsImage image, int bands)
    {
        using VipsImage wanted = image.Then("extract_band", ("band", "0"), ("n", $"{bands}"));
        return wanted.Then(wanted.Format == VipsFormat.UInt8 ? "copy" : "msb");
    }

    private static bool PngHasAlphaChannel(ReadOnlySpan<byte> file) => file.Length > 25 && file[25] is (4 or 6);

    private static VipsImage Cast(VipsImage image, string format)
    {
        using VipsImage first = image.Then("extract_band", ("band", "0"), ("n", "1"));
        return first.Then("cast", ("format", format));
    }
}
