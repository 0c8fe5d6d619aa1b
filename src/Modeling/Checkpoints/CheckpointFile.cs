using Microsoft.Win32.SafeHandles;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>An open checkpoint file with bounded reads, whose every failure names the file.</summary>
internal sealed class CheckpointFile : IDisposable
{
    private readonly SafeFileHandle _handle;

    private CheckpointFile(string path, string target, SafeFileHandle handle)
    {
        Path = path;
        Target = target;
        _handle = handle;
        Length = RandomAccess.GetLength(handle);
    }

    /// <summary>Full path as the user knows it, for messages.</summary>
    internal string Path { get; }

    /// <summary>Full path with links followed (download caches keep files as links to blobs): what gets mapped.</summary>
    internal string Target { get; }

    /// <summary>Bytes of the file.</summary>
    internal long Length { get; }

    internal static CheckpointFile Open(string path)
    {
        string full = System.IO.Path.GetFullPath(path);
        try
        {
            if (Directory.Exists(full)) throw new PellucidException($"checkpoint '{full}' is a folder, a file is needed here");
            string target = File.Exists(full) ? File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full : full;
            var info = new FileInfo(target);
            if (!info.Exists) throw new PellucidException($"checkpoint '{full}' does not exist");

            // Looked at before opening: opening a pipe would wait for its writer.
            if (info.Length == 0) throw new PellucidException($"checkpoint '{full}' is empty");
            return new CheckpointFile(full, target, File.OpenHandle(target, options: FileOptions.RandomAccess));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"checkpoint '{full}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>An error about this file. Names in the message may come from it, so control characters are not passed on to a terminal.</summary>
    internal PellucidException Error(string message) => new($"checkpoint '{Path}': {Printable.Of(message)}");

    /// <summary>Fills the buffer from a position; the file must reach that far.</summary>
    internal void Read(long position, Span<byte> buffer, string what)
    {
        if (position < 0 || position > Length || buffer.Length > Length - position)
            throw Error($"the file ends inside {what} (at byte {Length}): it is truncated or corrupt");
        while (buffer.Length > 0)
        {
            int read = ReadSome(position, buffer);
            if (read == 0) throw Error($"the file ends inside {what} (at byte {position}): it is truncated or corrupt");
            buffer = buffer[read..];
            position += read;
        }
    }

    /// <summary>Reads what there is, at most a buffer full; 0 at the end of the file.</summary>
    internal int ReadSome(long position, Span<byte> buffer)
    {
        try
        {
            return RandomAccess.Read(_handle, buffer, position);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"checkpoint '{Path}' cannot be read: {e.Message}", e);
        }
    }

    public void Dispose() => _handle.Dispose();
}
