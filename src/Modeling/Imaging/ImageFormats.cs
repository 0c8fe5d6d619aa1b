namespace Pellucid.Modeling.Imaging;

/// <summary>Tells files by their signatures.</summary>
internal static class ImageFormats
{
    public static ImageFormat Detect(ReadOnlySpan<byte> file)
    {
        if (file.Length > 8 && file[0] == 0x89 && file[1..].StartsWith("PNG\r\n\x1A\n"u8)) return ImageFormat.Png;
        if (file.Length > 2 && file[0] == 0xFF && file[1] == 0xD8 && file[2] == 0xFF) return ImageFormat.Jpeg;
        if (file.Length > 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8)) return ImageFormat.Webp;
        if (file.StartsWith("II*\0"u8) || file.StartsWith("MM\0*"u8) || file.StartsWith("II+\0"u8) || file.StartsWith("MM\0+"u8))
            return ImageFormat.Tiff;
        if (file.StartsWith("GIF8"u8)) return ImageFormat.Gif;
        if (file.StartsWith("BM"u8)) return ImageFormat.Bmp;
        if (file.Length > 12 && file[4..].StartsWith("ftyp"u8)) return ImageFormat.Heif;
        if (file.Length > 12 && file[4..].StartsWith("jP  "u8)) return ImageFormat.Jpeg2000;
        if (file.StartsWith("%PDF"u8)) return ImageFormat.Pdf;
        if (file.Length > 132 && file[128..].StartsWith("DICM"u8)) return ImageFormat.Dicom;
        return file[..Math.Min(file.Length, 512)].IndexOf("<svg"u8) >= 0 ? ImageFormat.Svg : ImageFormat.Unknown;
    }
}
