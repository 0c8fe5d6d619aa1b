namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>An entry of a zip archive, as its central directory declares it.</summary>
internal sealed record ZipEntry(string Name, byte[] RawName, bool Stored, long CompressedSize, long Size, long HeaderOffset);
