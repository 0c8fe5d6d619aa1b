using System.Buffers.Binary;

namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>
/// Stored gray values to what a screen shows: rescale slope and intercept (PS3.3 C.11.1), the first window (C.11.2) or, without one, the range of
/// the values, and last MONOCHROME1, where the lowest value is white.
/// </summary>
internal static class DicomGray
{
    /// <summary>8-bit gray of all pixels.</summary>
    public static byte[] Render(DicomFile file, DicomPicture picture, ReadOnlySpan<byte> pixels)
    {
        double slope = file.Decimal(DicomTag.RescaleSlope) ?? 1, intercept = file.Decimal(DicomTag.RescaleIntercept) ?? 0;
        bool inverted = picture.Photometric == "MONOCHROME1";
        VoiWindow window = VoiWindow.Of(file) ?? Range(file, picture, pixels, slope, intercept);
        byte[] shown = new byte[picture.Width * picture.Height];
        for (int i = 0; i < shown.Length; i++)
        {
            byte gray = (byte)Math.Floor((255 * window.Apply((At(picture, pixels, i) * slope) + intercept)) + 0.5);
            shown[i] = inverted ? (byte)(255 - gray) : gray;
        }

        return shown;
    }

    /// <summary>From the least to the greatest value, padding left out.</summary>
    private static VoiWindow Range(DicomFile file, DicomPicture picture, ReadOnlySpan<byte> pixels, double slope, double intercept)
    {
        int? padding = file.UInt16(DicomTag.PixelPadding) is { } value ? Stored(value, 0, 32 - picture.BitsStored, picture.Signed) : null;
        (int least, int greatest) = (int.MaxValue, int.MinValue);
        for (int i = 0; i < picture.Width * picture.Height; i++)
        {
            int stored = At(picture, pixels, i);
            if (stored != padding) (least, greatest) = (Math.Min(least, stored), Math.Max(greatest, stored));
        }

        if (least > greatest) return VoiWindow.Covering(0, 0);
        double first = (least * slope) + intercept, last = (greatest * slope) + intercept;
        return VoiWindow.Covering(Math.Min(first, last), Math.Max(first, last));
    }

    private static int At(DicomPicture picture, ReadOnlySpan<byte> pixels, int index) => Stored(
        picture.BytesPerSample == 1 ? pixels[index] : BinaryPrimitives.ReadUInt16LittleEndian(pixels[(2 * index)..]),
        picture.HighBit + 1 - picture.BitsStored, 32 - picture.BitsStored, picture.Signed);

    /// <summary>The bits that count, with their sign.</summary>
    private static int Stored(int raw, int shift, int unused, bool signed)
    {
        int aligned = (raw >> shift) << unused;
        return signed ? aligned >> unused : (int)((uint)aligned >> unused);
    }
}
