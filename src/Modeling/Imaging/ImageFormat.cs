namespace Pellucid.Modeling.Imaging;

/// <summary>Kinds of files, told by their first bytes; the name's extension is not looked at.</summary>
internal enum ImageFormat
{
    Unknown = 0,
    Png,
    Jpeg,
    Webp,
    Tiff,
    Gif,
    Bmp,
    Heif,
    Jpeg2000,
    Svg,
    Pdf,
    Dicom,
}
