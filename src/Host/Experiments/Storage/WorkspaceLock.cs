using Pellucid.Graphs;
using Pellucid.Host.Output;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>Keeps a second process out of a workspace. The system lets go of it when the process ends, however it ends.</summary>
public sealed class WorkspaceLock : IDisposable
{
    private const string FileName = "lock";
    private readonly FileLock _file;

    private WorkspaceLock(FileLock file) => _file = file;

    /// <summary>Takes the workspace.</summary>
    /// <param name="folder">Folder of the workspace, which exists.</param>
    /// <exception cref="PellucidException">Another process has it, or it cannot be written.</exception>
    public static WorkspaceLock Take(string folder)
    {
        try
        {
            return FileLock.TryTake(Path.Combine(folder, FileName)) is { } file
                ? new WorkspaceLock(file)
                : throw new PellucidException($"another run is at work in '{folder}': wait for it or stop it, or give this one a folder of its own");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the workspace '{folder}' cannot be written: {e.Message}", e);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
