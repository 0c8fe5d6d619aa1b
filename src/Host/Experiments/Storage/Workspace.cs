using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>Where experiments keep results: a store and artifacts. Several experiments can share one, one at a time.</summary>
public sealed class Workspace : IDisposable
{
    private const string StoreFile = "results.db";
    private const string ArtifactFolderName = "artifacts";
    private readonly WorkspaceLock? _lock;
    private readonly string _folder;

    /// <summary>Puts a workspace together.</summary>
    /// <param name="units">Results.</param>
    /// <param name="artifacts">Files.</param>
    /// <param name="planning">What planning remembers; null for nothing.</param>
    public Workspace(IUnitStore units, IArtifactStore artifacts, IPlanningStore? planning = null)
        : this(units, artifacts, planning, Path.GetTempPath(), null)
    {
    }

    private Workspace(IUnitStore units, IArtifactStore artifacts, IPlanningStore? planning, string folder, WorkspaceLock? held)
    {
        _folder = folder;
        Units = units;
        Artifacts = artifacts;
        Planning = planning;
        _lock = held;
    }

    /// <summary>Results.</summary>
    public IUnitStore Units { get; }

    /// <summary>Files.</summary>
    public IArtifactStore Artifacts { get; }

    /// <summary>What planning remembers; null where nothing is.</summary>
    public IPlanningStore? Planning { get; }

    /// <summary>A file for what a run needs again and memory should not hold; gone when nothing reads it any more.</summary>
    /// <exception cref="PellucidException">It cannot be made.</exception>
    internal ScratchFile Scratch() => ScratchFile.In(_folder);

    /// <summary>Opens a workspace in a folder for this process alone; makes it where there is none.</summary>
    /// <exception cref="PellucidException">Another process has it, it cannot be written, or it was made by a newer version.</exception>
    public static Workspace Open(string folder)
    {
        if (string.IsNullOrWhiteSpace(folder)) throw new PellucidException("the folder of the workspace has no name");
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the workspace '{folder}' cannot be made: {e.Message}", e);
        }

        WorkspaceLock held = WorkspaceLock.Take(folder);
        try
        {
            ArtifactFolder artifacts = new(Path.Combine(folder, ArtifactFolderName));
            artifacts.RemoveLeftovers();
            return Of(SqliteFile.Open(Path.Combine(folder, StoreFile)), artifacts, folder, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Looks at a workspace without changing anything, also while another process works in it; null where there is none.</summary>
    /// <exception cref="PellucidException">It cannot be read, or was made by a newer version.</exception>
    public static Workspace? Look(string folder)
    {
        string store = Path.Combine(folder, StoreFile);
        return File.Exists(store) ? Of(SqliteFile.Look(store), new ArtifactFolder(Path.Combine(folder, ArtifactFolderName)), folder, null) : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Units.Dispose();
        _lock?.Dispose();
    }

    /// <summary>Both stores are in one file, which the first lets go of.</summary>
    private static Workspace Of(SqliteFile file, ArtifactFolder artifacts, string folder, WorkspaceLock? held) =>
        new(new SqliteUnitStore(file), artifacts, file.Version >= SqlitePlanningStore.Since ? new SqlitePlanningStore(file) : null, folder, held);
}
