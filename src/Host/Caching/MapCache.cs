using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pellucid.Abstractions.Explanations;

namespace Pellucid.Host.Caching;

/// <summary>
/// Maps in files of a folder, named by the hash of their key. The least recently used go when a new one would exceed the limit. The last few are kept mapped, checked once.
/// The folder may be deleted when no process uses it.
/// </summary>
internal sealed class MapCache : IMapCache, IDisposable
{
    private const string Extension = ".maps", Unfinished = ".tmp";
    private const int KeptOpen = 4;
    private static readonly TimeSpan Forsaken = TimeSpan.FromDays(1);
    private static int _writers;

    private readonly string? _folder;
    private readonly long _limit;
    private readonly Lazy<string> _provenance;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private readonly List<Mapping> _open = [];

    /// <summary>Makes a cache; touches nothing yet.</summary>
    /// <param name="folder">Its folder; null to keep nothing.</param>
    /// <param name="limit">Most bytes of all files; 0 to keep nothing.</param>
    /// <param name="provenance">What all numbers of this host depend on; asked for once.</param>
    /// <param name="clock">For the order of use; no result depends on it.</param>
    public MapCache(string? folder, long limit, Func<string> provenance, TimeProvider clock) =>
        (_folder, _limit, _provenance, _clock) = (folder, limit, new Lazy<string>(provenance), clock);

    /// <inheritdoc/>
    public IStoredMaps? Find(string key)
    {
        if (_folder is null || _limit == 0) return null;
        string path = PathOf(_folder, key);
        try
        {
            lock (_lock)
            {
                var file = new FileInfo(path);
                Mapping? mapping = _open.Find(m => m.Path == path);
                if (mapping is not null && !(file.Exists && (file.Length, file.LastWriteTimeUtc) == (mapping.Bytes, mapping.Written)))
                {
                    _open.Remove(mapping);
                    mapping.Release();
                    mapping = null;
                }

                if (mapping is null)
                {
                    if (!file.Exists) return null;
                    if (MapFile.Open(path) is not { } opened)
                    {
                        file.Delete();
                        return null;
                    }

                    mapping = new Mapping(path, file.Length, file.LastWriteTimeUtc, opened);
                }

                _open.Remove(mapping);
                _open.Add(mapping);
                for (; _open.Count > KeptOpen; _open.RemoveAt(0)) _open[0].Release();
                File.SetLastAccessTimeUtc(path, _clock.GetUtcNow().UtcDateTime);
                mapping.Use();
                Mapping used = mapping;
                return new MapLease(used.File, () =>
                {
                    lock (_lock) used.Release();
                });
            }
        }
        catch (FileNotFoundException)
        {
            return null; // another process made room
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw MapCacheFaults.Unreadable(path, fault);
        }
    }

    /// <inheritdoc/>
    public IMapWriter? Create(string key, int rows, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        if (_folder is null || (long)rows * length * sizeof(float) > _limit) return null;
        string path = PathOf(_folder, key);
        try
        {
            Directory.CreateDirectory(_folder);
            foreach (FileInfo left in new DirectoryInfo(_folder).EnumerateFiles("*" + Unfinished).Where(f => _clock.GetUtcNow().UtcDateTime - f.LastWriteTimeUtc > Forsaken)) left.Delete();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw MapCacheFaults.Unwritable(_folder, fault);
        }

        string temporary = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref _writers)}{Unfinished}");
        return new MapFileWriter(path, temporary, rows, length, () => Shrink(_folder, path));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (Mapping mapping in _open) mapping.Release();
            _open.Clear();
        }
    }

    private string PathOf(string folder, string key) =>
        Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"maps 1\n{_provenance.Value}\n{key}"))) + Extension);

    /// <summary>Deletes the least recently used files, but not the newest, until the limit is kept. One that is in use elsewhere may stay.</summary>
    private void Shrink(string folder, string newest)
    {
        FileInfo[] files = [.. new DirectoryInfo(folder).EnumerateFiles("*" + Extension).OrderBy(f => f.LastAccessTimeUtc)];
        long total = files.Sum(f => f.Length);
        foreach (FileInfo file in files.Where(f => f.FullName != newest))
        {
            if (total <= _limit) return;
            total -= file.Length;
            try
            {
                file.Delete();
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                total += file.Length;
            }
        }
    }

    /// <summary>A mapped file, unmapped when the cache and all users let go of it.</summary>
    private sealed class Mapping(string path, long bytes, DateTime written, MapFile file)
    {
        private int _users = 1;

        public string Path => path;

        public long Bytes => bytes;

        public DateTime Written => written;

        public MapFile File => file;

        public void Use() => _users++;

        public void Release()
        {
            if (--_users == 0) file.Dispose();
        }
    }
}
