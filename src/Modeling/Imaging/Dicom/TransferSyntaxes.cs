namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>Transfer syntaxes that GDCM unpacks: how elements are written and what the pixels are compressed with.</summary>
internal static class TransferSyntaxes
{
    /// <summary>Elements without value representations.</summary>
    public const string ImplicitLittleEndian = "1.2.840.10008.1.2";

    /// <summary>All but the file's meta information is deflated.</summary>
    public const string Deflated = "1.2.840.10008.1.2.1.99";

    /// <summary>Retired, but found in archives.</summary>
    public const string ExplicitBigEndian = "1.2.840.10008.1.2.2";

    private static readonly HashSet<string> Read = new(StringComparer.Ordinal)
    {
        ImplicitLittleEndian, "1.2.840.10008.1.2.1", Deflated, ExplicitBigEndian,
        "1.2.840.10008.1.2.4.50", "1.2.840.10008.1.2.4.51", "1.2.840.10008.1.2.4.57", "1.2.840.10008.1.2.4.70", // JPEG
        "1.2.840.10008.1.2.4.80", "1.2.840.10008.1.2.4.81", // JPEG-LS
        "1.2.840.10008.1.2.4.90", "1.2.840.10008.1.2.4.91", // JPEG 2000
        "1.2.840.10008.1.2.5", // RLE
    };

    /// <summary>Whether it is one of them.</summary>
    public static bool IsRead(string uid) => Read.Contains(uid);
}
