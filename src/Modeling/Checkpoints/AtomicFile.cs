namespace Pellucid.Modeling.Checkpoints;

/// <summary>Writes a file that is either there completely or not at all.</summary>
public static class AtomicFile
{
    /// <summary>Writes a file beside its final place, brings it to the disk and moves it there.</summary>
    /// <param name="path">The file; its folder is made where it does not exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is still there.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        (string full, string temporary) = Places(path);
        try
        {
            using (FileStream stream = Open(temporary))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>The same, for content that takes a while to come.</summary>
    /// <param name="path">The file; its folder is made where it does not exist.</param>
    /// <param name="write">Writes the content.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is still there.</exception>
    public static async Task WriteAsync(string path, Func<Stream, Task> write)
    {
        (string full, string temporary) = Places(path);
        try
        {
            await using (FileStream stream = Open(temporary))
            {
                await write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static (string Full, string Temporary) Places(string path)
    {
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);

        // In the same folder, for a rename is atomic only within one file system; the random part keeps processes apart.
        return (full, Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp"));
    }

    private static FileStream Open(string path) => new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
}
