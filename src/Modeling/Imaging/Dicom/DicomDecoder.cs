using System.Security.Cryptography;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>
/// Reads DICOM images as a viewer shows them: 8-bit gray through rescale and window, or 8-bit RGB. The header is read and checked here, before
/// GDCM unpacks anything.
/// </summary>
internal static class DicomDecoder
{
    /// <summary>What a file may grow by when it is unpacked, besides its pixels: elements are written anew.</summary>
    private const long HeaderGrowth = 1 << 20;

    /// <summary>Reads a file.</summary>
    /// <param name="file">All of it.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="limits">What it may cost; its number of bytes has been checked.</param>
    /// <param name="checkSize">Refuses a size over the limits.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    /// <exception cref="PellucidException">It cannot be read; the message says why.</exception>
    public static DecodedImage Decode(ReadOnlyMemory<byte> file, string name, ImageLimits limits, Action<int, int> checkSize, CancellationToken cancellationToken) =>
        Decode(file, name, limits, checkSize, GdcmTool.Program, cancellationToken);

    /// <inheritdoc cref="Decode(ReadOnlyMemory{byte}, string, ImageLimits, Action{int, int}, CancellationToken)"/>
    internal static DecodedImage Decode(
        ReadOnlyMemory<byte> file, string name, ImageLimits limits, Action<int, int> checkSize, string program, CancellationToken cancellationToken)
    {
        DicomFile header = DicomFile.Read(file, name, limits.MaxFileBytes);
        DicomPicture stored = DicomPicture.Of(header, name);
        checkSize(stored.Width, stored.Height);
        if (!header.IsEncapsulated && stored.Photometric != "YBR_FULL_422") CheckLength(stored, header.Pixels!.Value.Length, name);

        byte[] unpacked = GdcmTool.Uncompress(program, file, name, limits, file.Length + stored.Bytes + HeaderGrowth, cancellationToken);
        DicomFile plain = DicomFile.Read(unpacked, name, unpacked.LongLength);
        DicomPicture picture = DicomPicture.Of(plain, name);
        if ((picture.Width, picture.Height, picture.Samples) != (stored.Width, stored.Height, stored.Samples) || plain.IsEncapsulated || plain.TransferSyntax == TransferSyntaxes.ExplicitBigEndian)
            throw new PellucidException($"The DICOM file {name} is damaged: its compressed pixels are not what its header says.");
        ReadOnlySpan<byte> pixels = plain.Pixels!.Value.Span;
        CheckLength(picture, pixels.Length, name);
        byte[] shown = picture.Samples == 1 ? DicomGray.Render(plain, picture, pixels) : Color(picture, pixels, name);
        return new DecodedImage(
            picture.Width, picture.Height, picture.Samples == 1 ? PixelMode.Gray : PixelMode.Rgb, shown, name, Convert.ToHexStringLower(SHA256.HashData(file.Span)));
    }

    private static void CheckLength(DicomPicture picture, int bytes, string name)
    {
        if (bytes < picture.Bytes)
            throw new PellucidException($"The DICOM file {name} is incomplete: {picture.Width} x {picture.Height} pixels take {picture.Bytes} bytes, and it has {bytes}.");
    }

    private static byte[] Color(DicomPicture picture, ReadOnlySpan<byte> pixels, string name)
    {
        if (picture.Photometric is not ("RGB" or "YBR_FULL"))
            throw new PellucidException($"The DICOM file {name} has {picture.Photometric} colors, which GDCM has not turned into RGB; convert it first.");
        int area = picture.Width * picture.Height;
        byte[] rgb = new byte[3 * area];
        for (int i = 0; i < area; i++)
        {
            for (int c = 0; c < 3; c++) rgb[(3 * i) + c] = picture.Planar ? pixels[(c * area) + i] : pixels[(3 * i) + c];
            if (picture.Photometric == "YBR_FULL") ToRgb(rgb.AsSpan(3 * i, 3));
        }

        return rgb;
    }

    /// <summary>Full-range luminance and color differences (PS3.3 C.7.6.3.1.2).</summary>
    private static void ToRgb(Span<byte> pixel)
    {
        double y = pixel[0], cb = pixel[1] - 128.0, cr = pixel[2] - 128.0;
        pixel[0] = Byte(y + (1.402 * cr));
        pixel[1] = Byte(y - (0.344136 * cb) - (0.714136 * cr));
        pixel[2] = Byte(y + (1.772 * cb));
    }

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Floor(value + 0.5), 0, 255);
}
