using System.Text;

namespace Pellucid.Host.Plugins;

/// <summary>
/// A file that says which plugin a process is loading. It is held open and locked: a note that another process can open
/// belongs to a process that died. That needs no clock and is not fooled by process numbers used again.
/// </summary>
internal sealed class LoadingNote : IDisposable
{
    private const int LongestId = 64;
    private readonly FileStream _stream;

    private LoadingNote(FileStream stream) => _stream = stream;

    /// <summary>Writes and locks a note.</summary>
    public static LoadingNote Write(string folder, string id)
    {
        for (int n = 0; ; n++)
        {
            try
            {
                FileStream stream = new(Path.Combine(folder, $"{Environment.ProcessId}-{n}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete);
                stream.Write(Encoding.ASCII.GetBytes(id));
                stream.Flush(flushToDisk: false);
                return new LoadingNote(stream);
            }
            catch (IOException) when (n < 100)
            {
                // The name is taken, or another host looked at the note before it was locked.
            }
        }
    }

    /// <summary>Ids in the notes of dead processes, which are deleted.</summary>
    public static IReadOnlyList<string> TakeAbandoned(string folder)
    {
        List<string> ids = [];
        foreach (string path in Directory.GetFiles(folder))
        {
            try
            {
                using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                byte[] bytes = new byte[LongestId];
                int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
                // A note without a text is one being written by another host.
                if (length == 0) continue;
                ids.Add(Encoding.ASCII.GetString(bytes, 0, length));
                File.Delete(path);
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                // Its process lives and holds the lock, or has just deleted it.
            }
        }

        return ids;
    }

    /// <summary>Deletes the note: the plugin was loaded, or failed without taking the host down.</summary>
    public void Dispose()
    {
        // Emptied first: an empty note accuses nobody, whatever happens to the file afterwards.
        _stream.SetLength(0);
        try
        {
            File.Delete(_stream.Name);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // It stays behind, empty.
        }

        _stream.Dispose();
    }
}
