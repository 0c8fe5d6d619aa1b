using System.Text;

namespace Pellucid.Host.Output;

/// <summary>A file that one user at a time can hold. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <summary>Takes a file, which is made where there is none; null where another user holds it.</summary>
    /// <param name="path">The file. It holds the id of the process, for people.</param>
    /// <exception cref="IOException">It cannot be made or written, for another reason than that it is held.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static FileLock? TryTake(string path)
    {
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsHeld(e))
        {
            return null;
        }

        try
        {
            // Its last user may have removed it between our opening it and our taking it: then it keeps nobody out.
            if (!File.Exists(path))
            {
                file.Dispose();
                return TryTake(path);
            }

            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return new FileLock(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>Whether a file could not be opened because another user has it: the system's own number for it is all that tells this from a full disk or a bad path.</summary>
    private static bool IsHeld(IOException fault)
    {
        const int WindowsSharing = unchecked((int)0x80070020), WindowsLock = unchecked((int)0x80070021), LinuxWouldBlock = 11, MacWouldBlock = 35;
        return OperatingSystem.IsWindows() ? fault.HResult is WindowsSharing or WindowsLock : fault.HResult == (OperatingSystem.IsMacOS() ? MacWouldBlock : LinuxWouldBlock);
    }
}
