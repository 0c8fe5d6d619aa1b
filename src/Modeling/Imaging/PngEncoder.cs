using System.Runtime.InteropServices;
using Pellucid.Abstractions.Images;
using Pellucid.Modeling.Imaging.Vips;

namespace Pellucid.Modeling.Imaging;

/// <summary>Writes PNG files. The same pixels give the same bytes: fixed compression, no metadata, no time. Thread-safe.</summary>
public static class PngEncoder
{
    /// <summary>
    /// Encodes an image. Grey, grey with alpha, RGB and RGBA keep their channels; palette and CMYK images become RGB, bilevel
    /// ones grey, wide integers 16-bit grey clipped to 0..65535.
    /// </summary>
    /// <exception cref="ArgumentException">The image holds floats, which PNG cannot.</exception>
    public static unsafe byte[] Encode(DecodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        (ReadOnlyMemory<byte> pixels, int bands, VipsFormat format) = image.Mode switch
        {
            PixelMode.Float => throw new ArgumentException($"{image}: floats cannot be written as PNG", nameof(image)),
            PixelMode.Integer => (Words(image.Pixels.Span), 1, VipsFormat.UInt16),
            PixelMode.Palette or PixelMode.Cmyk => (PillowConvert.ToRgb(image).Pixels, 3, VipsFormat.UInt8),
            _ => (image.Pixels, image.Mode.Channels(), VipsFormat.UInt8),
        };
        VipsLibrary.EnsureStarted();
        using System.Buffers.MemoryHandle pin = pixels.Pin();
        using var source = new VipsImage(
            VipsNative.NewImage(pin.Pointer, (nuint)pixels.Length, image.Width, image.Height, bands, (int)format));
        if (source.Handle == 0) throw new InvalidOperationException($"libvips took no pixels: {VipsLibrary.TakeError()}");
        using VipsImage labelled = source.Then("copy", ("interpretation", Interpretation(bands, format)));
        using VipsOperation save = new VipsOperation("pngsave_buffer")
            .With("in", labelled.Handle).With("compression", "6").With("filter", "all").With("keep", "none");
        return save.ToBuffer();
    }

    private static string Interpretation(int bands, VipsFormat format) =>
        format == VipsFormat.UInt16 ? "grey16" : bands < 3 ? "b-w" : "srgb";

    private static byte[] Words(ReadOnlySpan<byte> integers)
    {
        ReadOnlySpan<int> values = MemoryMarshal.Cast<byte, int>(integers);
        var words = new ushort[values.Length];
        for (int i = 0; i < words.Length; i++) words[i] = (ushort)Math.Clamp(values[i], 0, ushort.MaxValue);
        return MemoryMarshal.AsBytes(words.AsSpan()).ToArray();
    }
}
