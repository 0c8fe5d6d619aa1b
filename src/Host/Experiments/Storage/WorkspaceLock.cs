using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>Keeps a second process out of a workspace. The system lets go of it when the process ends, however it ends.</summary>
public sealed class WorkspaceLock : IDisposable
{
    private const string FileName = "lock";
    private readonly FileStream _file;

    private WorkspaceLock(FileStream file) => _file = file;

    /// <summary>Takes the workspace.</summary>
    /// <param name="folder">Folder of the workspace, which exists.</param>
    /// <exception cref="PellucidException">Another process has it, or it cannot be written.</exception>
    public static WorkspaceLock Take(string folder)
    {
        string path = Path.Combine(folder, FileName);
        try
        {
            FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes($"{Environment.ProcessId}\n"));
            file.Flush();
            return new WorkspaceLock(file);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new PellucidException($"the workspace '{folder}' cannot be written: {e.Message}", e);
        }
        catch (IOException e)
        {
            throw new PellucidException($"another run is at work in '{folder}': wait for it or stop it, or give this one a folder of its own ({e.Message})", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
