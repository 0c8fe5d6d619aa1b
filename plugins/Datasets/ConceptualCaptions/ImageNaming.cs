namespace Pellucid.Plugins.Datasets.ConceptualCaptions;

/// <summary>How the files of downloaded images are named.</summary>
public enum ImageNaming
{
    /// <summary>By what stands in the table; where that is an address, by its last part.</summary>
    Table,

    /// <summary>By the number of the row, from 0 and with nine digits: 000000017.jpg.</summary>
    Row,

    /// <summary>By the MD5 of the address, in lower-case hexadecimal.</summary>
    Md5,

    /// <summary>By the number of the row and the CRC-32 of the address: 17_3735928559.</summary>
    RowCrc32,
}
