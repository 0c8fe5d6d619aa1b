namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>Where the bytes of a storage are: at an offset of the file, or, if they were compressed, in memory.</summary>
internal sealed record StorageBytes(long FileOffset, long Length, byte[]? Memory);
