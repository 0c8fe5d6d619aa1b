using System.Security.Cryptography;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>Artifacts as files in a folder, spread over folders by the first two digits of their hashes. Each appears complete or not at all.</summary>
/// <param name="folder">The folder; made when something is kept.</param>
public sealed class ArtifactFolder(string folder) : IArtifactStore
{
    /// <summary>Removes what a killed process left half-written. Only for the process that has the workspace for itself.</summary>
    public void RemoveLeftovers()
    {
        if (!Directory.Exists(folder)) return;
        foreach (string file in Directory.EnumerateFiles(folder, ".*.tmp", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })) File.Delete(file);
    }

    /// <inheritdoc/>
    public async Task<string> PutAsync(ReadOnlyMemory<byte> content, string extension, CancellationToken cancellationToken)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(content.Span)) + extension;
        if (await ReadAsync(name, cancellationToken) is not null) return name;
        try
        {
            AtomicFile.Write(PathOf(name), stream => stream.Write(content.Span));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"a result cannot be written to '{folder}': {e.Message}; free some space or give another folder, and run again: what is done stays done", e);
        }

        return name;
    }

    /// <inheritdoc/>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            return Intact(name, await File.ReadAllBytesAsync(PathOf(name), cancellationToken));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return IsMissing(e) ? null : throw Unreadable(name, e);
        }
    }

    /// <inheritdoc/>
    public byte[]? Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        try
        {
            return Intact(name, File.ReadAllBytes(PathOf(name)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return IsMissing(e) ? null : throw Unreadable(name, e);
        }
    }

    private static byte[]? Intact(string name, byte[] content) => name.StartsWith(Convert.ToHexStringLower(SHA256.HashData(content)), StringComparison.Ordinal) ? content : null;

    private static bool IsMissing(Exception e) => e is FileNotFoundException or DirectoryNotFoundException;

    private PellucidException Unreadable(string name, Exception e) => new($"the result '{PathOf(name)}' cannot be read: {e.Message}", e);

    private string PathOf(string name) => Path.Combine(folder, name[..2], name);
}
