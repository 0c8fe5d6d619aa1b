namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>Where an annotation lies; kept for all of them, so it is small.</summary>
/// <param name="Image">Id of its image.</param>
/// <param name="Offset">First byte in the file.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="Number">Its place in its list.</param>
/// <param name="File">Index of the file.</param>
/// <param name="List">Index of the list's name.</param>
internal readonly record struct CocoEntry(long Image, long Offset, int Length, int Number, byte File, byte List) : IComparable<CocoEntry>
{
    /// <summary>By image, then as they stand in the files.</summary>
    public int CompareTo(CocoEntry other) => (Image, File, Offset).CompareTo((other.Image, other.File, other.Offset));
}
