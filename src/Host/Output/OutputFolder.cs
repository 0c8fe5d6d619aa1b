using Pellucid.Graphs;

namespace Pellucid.Host.Output;

/// <summary>
/// A folder of results that appears only when it is complete: files are written into a hidden folder beside it, which takes
/// its place at the end. If the work fails or the process dies, the old results, or nothing, are what is left. While one run is at it, a second one is refused.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    private readonly string _target;
    private readonly string _staging;
    private readonly string _marker;
    private readonly string _lockFile;
    private readonly FileLock _lock;
    private bool _done;
    private bool _disposed;

    private OutputFolder(string target, string staging, string marker, string lockFile, FileLock held)
    {
        _target = target;
        _staging = staging;
        _marker = marker;
        _lockFile = lockFile;
        _lock = held;
    }

    /// <summary>Folder that the results will be in.</summary>
    public string Target => _target;

    /// <summary>Begins.</summary>
    /// <param name="path">Folder of the results. It may hold results of an earlier run, and nothing else.</param>
    /// <param name="marker">File that only a complete result folder has, for example <c>explanation.json</c>.</param>
    /// <exception cref="PellucidException">The path is a file, holds something else, cannot be written, or another run is at it.</exception>
    public static OutputFolder Begin(string path, string marker)
    {
        if (string.IsNullOrWhiteSpace(path)) throw new PellucidException("the folder for the results has no name");
        return Guard(path, () =>
        {
            string target = Locate(path);
            if (Path.GetDirectoryName(target) is not { } parent || target == Path.TrimEndingDirectorySeparator(Environment.CurrentDirectory))
                throw new PellucidException($"results cannot replace '{target}': name a folder of their own");
            if (File.Exists(target)) throw new PellucidException($"'{path}' is a file; name a folder for the results");
            if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, marker)))
                throw new PellucidException($"the folder '{path}' holds other things than earlier results (it has no {marker}): name another folder, or empty it");
            string name = Path.GetFileName(target), staging = Path.Combine(parent, $".{name}.incomplete"), lockFile = Path.Combine(parent, $".{name}.lock");
            Directory.CreateDirectory(parent);
            FileLock held = FileLock.TryTake(lockFile)
                ?? throw new PellucidException($"another run is writing its results to '{path}': wait for it or stop it, or name another folder");
            try
            {
                if (Directory.Exists(staging)) Directory.Delete(staging, recursive: true);
                Directory.CreateDirectory(staging);
                return new OutputFolder(target, staging, marker, lockFile, held);
            }
            catch
            {
                Release(lockFile, held);
                throw;
            }
        });
    }

    /// <summary>Where to write a file of the results.</summary>
    public string PathOf(string name) => Path.Combine(_staging, name);

    /// <summary>Writes a file of the results.</summary>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        try
        {
            File.WriteAllBytes(PathOf(name), content);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(_target, e);
        }
    }

    /// <summary>Puts the results in place.</summary>
    /// <exception cref="PellucidException">An earlier result folder holds files that no result has: they are not deleted.</exception>
    public void Commit() => Guard(_target, () =>
    {
        if (!File.Exists(PathOf(_marker))) throw new InvalidOperationException($"the results have no {_marker}");
        if (Directory.Exists(_target)) RemoveEarlier();
        Directory.Move(_staging, _target);
        _done = true;
        return true;
    });

    /// <summary>Removes what was written if it was not committed, and lets the next run in.</summary>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        try
        {
            if (!_done && Directory.Exists(_staging)) Directory.Delete(_staging, recursive: true);
        }
        finally
        {
            Release(_lockFile, _lock);
        }
    }

    /// <summary>Removes the file before it is let go of where the system allows that, so that nobody waits at a file that goes away.</summary>
    private static void Release(string lockFile, FileLock held)
    {
        if (!OperatingSystem.IsWindows()) File.Delete(lockFile);
        held.Dispose();
        if (OperatingSystem.IsWindows()) File.Delete(lockFile);
    }

    private void RemoveEarlier()
    {
        string? foreign = Directory.EnumerateFileSystemEntries(_target).FirstOrDefault(f => Directory.Exists(f) || !ResultFiles.IsOne(Path.GetFileName(f)));
        if (foreign is not null)
            throw new PellucidException($"'{foreign}' is not of an earlier run, and would be lost: move it away, or name another folder for the results");
        Directory.Delete(_target, recursive: true);
    }

    /// <summary>Full path without an ending separator; where it is a link to a folder, that folder.</summary>
    private static string Locate(string path)
    {
        string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        return Directory.Exists(full) && Directory.ResolveLinkTarget(full, returnFinalTarget: true) is { } linked ? linked.FullName : full;
    }

    private static T Guard<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, e);
        }
    }

    private static PellucidException Unwritable(string path, Exception e) => new($"results cannot be written to '{path}': {e.Message}", e);
}
