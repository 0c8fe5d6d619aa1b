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
        double[] values = Values(file, picture, pixels, out bool[]? padding);
        VoiWindow window = VoiWindow.Of(file) ?? VoiWindow.Covering(values, padding);
        bool inverted = picture.Photometric == "MONOCHROME1";
        byte[] shown = new byte[values.Length];
        for (int i = 0; i < shown.Length; i++)
        {
            byte gray = (byte)Math.Floor((255 * window.Apply(values[i])) + 0.5);
            shown[i] = inverted ? (byte)(255 - gray) : gray;
        }

        return shown;
    }

    private static double[] Values(DicomFile file, DicomPicture picture, ReadOnlySpan<byte> pixels, out bool[]? padding)
    {
        double slope = file.Decimal(DicomTag.RescaleSlope) ?? 1, intercept = file.Decimal(DicomTag.RescaleIntercept) ?? 0;
        int shift = picture.HighBit + 1 - picture.BitsStored, unused = 32 - picture.BitsStored;
        int? filler = file.UInt16(DicomTag.PixelPadding) is { } value ? Stored(value, 0, unused, picture.Signed) : null;
        double[] values = new double[picture.Width * picture.Height];
        padding = filler is null ? null : new bool[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int raw = picture.BytesPerSample == 1 ? pixels[i] : BinaryPrimitives.ReadUInt16LittleEndian(pixels[(2 * i)..]);
            int stored = Stored(raw, shift, unused, picture.Signed);
            values[i] = (stored * slope) + intercept;
            if (padding is not null) padding[i] = stored == filler;
        }

        return values;
    }

    /// <summary>The bits that count, with their sign.</summary>
    private static int Stored(int raw, int shift, int unused, bool signed)
    {
        int aligned = (raw >> shift) << unused;
        return signed ? aligned >> unused : (int)((uint)aligned >> unused);
    }
}
