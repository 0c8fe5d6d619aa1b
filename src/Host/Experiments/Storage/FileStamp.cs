namespace Pellucid.Host.Experiments.Storage;

/// <summary>What a file was when its content was hashed.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Modified">Time of its last change, in ticks of UTC.</param>
/// <param name="Hash">SHA-256 (lower-case hexadecimal) of its content.</param>
public sealed record FileStamp(string Path, long Size, long Modified, string Hash);
