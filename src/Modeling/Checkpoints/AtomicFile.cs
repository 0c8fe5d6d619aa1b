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
        string full = Path.GetFullPath(path);
        string folder = Path.GetDirectoryName(full)!;
        Directory.CreateDirectory(folder);

        // In the same folder, for a rename is atomic only within one file system; the random part keeps processes apart.
        string temporary = Path.Combine(folder, $".{Path.GetFileName(full)}.{Path.GetRandomFileName()}.tmp");
        try
        {
            using (var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16))
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
}
