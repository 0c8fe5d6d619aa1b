using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>Keeps files by their content: the name of an artifact is the SHA-256 of its bytes with an extension. Safe for concurrent use.</summary>
public interface IArtifactStore
{
    /// <summary>Keeps bytes; a file that is there and intact is left alone, a damaged one replaced.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="extension">Extension with its dot, such as <c>.npy</c>.</param>
    /// <param name="cancellationToken">Stops before writing.</param>
    /// <returns>The artifact's name.</returns>
    /// <exception cref="PellucidException">The artifact cannot be written.</exception>
    Task<string> PutAsync(ReadOnlyMemory<byte> content, string extension, CancellationToken cancellationToken);

    /// <summary>The bytes of an artifact; null where it is missing or its bytes do not have its hash.</summary>
    Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken);

    /// <summary>The same, for what is read in the middle of a computation.</summary>
    byte[]? Read(string name);
}
