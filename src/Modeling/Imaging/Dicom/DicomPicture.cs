using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>Size and layout of a DICOM image, checked.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Samples">1 for gray, 3 for color.</param>
/// <param name="Photometric">MONOCHROME1, MONOCHROME2 or RGB.</param>
/// <param name="BytesPerSample">1 or 2.</param>
/// <param name="BitsStored">Bits of a sample that count.</param>
/// <param name="HighBit">Place of the highest of them.</param>
/// <param name="Signed">Whether the highest is a sign.</param>
/// <param name="Planar">Whether colors follow each other as planes.</param>
internal sealed record DicomPicture(
    int Width, int Height, int Samples, string Photometric, int BytesPerSample, int BitsStored, int HighBit, bool Signed, bool Planar)
{
    /// <summary>Bytes of the uncompressed pixels.</summary>
    public long Bytes => (long)Width * Height * Samples * BytesPerSample;

    /// <summary>Reads it from a file's elements.</summary>
    /// <exception cref="PellucidException">There are no pixels, or they are of a kind that is not read.</exception>
    public static DicomPicture Of(DicomFile file, string name)
    {
        if (file.Has(DicomTag.FloatPixels) || file.Has(DicomTag.DoublePixels))
            throw new PellucidException($"The DICOM file {name} has floating-point pixels, which are not read; integers of 8 to 16 bits are.");
        if (file.Pixels is not { Length: > 0 })
            throw new PellucidException($"The DICOM file {name} has no pixel data{(file.Text(DicomTag.SopClass) is { } kind ? $" (SOP class {kind})" : string.Empty)}: it holds no image.");
        int width = file.Required(DicomTag.Columns), height = file.Required(DicomTag.Rows);
        if (width == 0 || height == 0) throw new PellucidException($"The DICOM file {name} is damaged: its image has {width} x {height} pixels.");
        double frames = file.Decimal(DicomTag.NumberOfFrames) ?? 1;
        if (frames != 1) throw new PellucidException($"The DICOM file {name} has {frames} frames; images of one frame are read. Save the frame you mean as a file of its own.");

        string photometric = file.Text(DicomTag.Photometric) ?? throw file.Unusable(DicomTag.Photometric, "is missing");
        int samples = file.UInt16(DicomTag.SamplesPerPixel) ?? 1;
        bool gray = photometric is "MONOCHROME1" or "MONOCHROME2";
        bool color = photometric is "RGB" or "YBR_FULL" or "YBR_FULL_422" or "YBR_ICT" or "YBR_RCT";
        if (!gray && !color) throw file.Unusable(DicomTag.Photometric, $"is {photometric}; MONOCHROME1, MONOCHROME2 and RGB are read");
        if (samples != (gray ? 1 : 3)) throw file.Unusable(DicomTag.SamplesPerPixel, $"is {samples}, which does not go with {photometric}");
        int allocated = file.Required(DicomTag.BitsAllocated), stored = file.UInt16(DicomTag.BitsStored) ?? allocated, high = file.UInt16(DicomTag.HighBit) ?? (stored - 1);
        if (allocated is not (8 or 16) || (color && allocated != 8)) throw file.Unusable(DicomTag.BitsAllocated, $"is {allocated}; 8 and 16 are read, 8 for color");
        if (stored < 1 || stored > allocated || high < stored - 1 || high >= allocated)
            throw file.Unusable(DicomTag.BitsStored, $"is {stored} with the high bit {high}, which does not fit {allocated} bits");
        if (file.Has(DicomTag.ModalityLut)) throw file.Unusable(DicomTag.ModalityLut, "is a table of values, which is not applied; rescale slope and intercept are");
        return new DicomPicture(
            width, height, samples, photometric, allocated / 8, stored, high,
            (file.UInt16(DicomTag.PixelRepresentation) ?? 0) != 0, (file.UInt16(DicomTag.PlanarConfiguration) ?? 0) != 0);
    }
}
