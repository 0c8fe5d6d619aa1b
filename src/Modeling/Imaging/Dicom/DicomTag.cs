namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>The data elements that decide what an image looks like: group and element, as PS3.6 numbers them.</summary>
internal enum DicomTag : uint
{
    TransferSyntax = 0x0002_0010,
    SopClass = 0x0008_0016,
    SamplesPerPixel = 0x0028_0002,
    Photometric = 0x0028_0004,
    PlanarConfiguration = 0x0028_0006,
    NumberOfFrames = 0x0028_0008,
    Rows = 0x0028_0010,
    Columns = 0x0028_0011,
    BitsAllocated = 0x0028_0100,
    BitsStored = 0x0028_0101,
    HighBit = 0x0028_0102,
    PixelRepresentation = 0x0028_0103,
    PixelPadding = 0x0028_0120,
    WindowCenter = 0x0028_1050,
    WindowWidth = 0x0028_1051,
    RescaleIntercept = 0x0028_1052,
    RescaleSlope = 0x0028_1053,
    VoiFunction = 0x0028_1056,
    ModalityLut = 0x0028_3000,
    VoiLut = 0x0028_3010,
    FloatPixels = 0x7FE0_0008,
    DoublePixels = 0x7FE0_0009,
    Pixels = 0x7FE0_0010,

    Item = 0xFFFE_E000,
    ItemEnd = 0xFFFE_E00D,
    SequenceEnd = 0xFFFE_E0DD,
}
