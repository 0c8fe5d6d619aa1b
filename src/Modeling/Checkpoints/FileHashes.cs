using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>SHA-256 of checkpoint files for provenance, each computed once a process while the file stays the same.</summary>
public static class FileHashes
{
    private static readonly ConcurrentDictionary<(string Path, long Length, long Written), Lazy<string>> Known = new();

    /// <summary>Lower-case hexadecimal SHA-256 of a file's bytes.</summary>
    /// <exception cref="PellucidException">The file cannot be read.</exception>
    public static string Of(string path)
    {
        try
        {
            string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            var info = new FileInfo(target);
            return Known.GetOrAdd((target, info.Length, info.LastWriteTimeUtc.Ticks), key => new Lazy<string>(() => Compute(key.Path))).Value;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"checkpoint '{path}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>One hash for a set of files: that of the only file, else of the sorted list of names and hashes.</summary>
    /// <exception cref="PellucidException">A file cannot be read.</exception>
    public static string Of(IReadOnlyList<string> paths)
    {
        if (paths.Count == 1) return Of(paths[0]);
        IEnumerable<string> lines = paths.Select(p => $"{Path.GetFileName(p)} {Of(p)}\n").Order(StringComparer.Ordinal);
        return OfText(string.Concat(lines));
    }

    internal static string OfText(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Compute(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
