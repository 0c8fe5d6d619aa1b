namespace Pellucid.Host.Experiments.Storage;

/// <summary>What planning remembers, in the SQLite file of the results.</summary>
/// <param name="file">The file, of the version that brought these tables or a later one.</param>
internal sealed class SqlitePlanningStore(SqliteFile file) : IPlanningStore
{
    /// <summary>Version of the tables since which planning remembers.</summary>
    public const int Since = 2;

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, int>> FindPredictionsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        file.FindAsync("SELECT key, choice FROM predictions WHERE key IN", keys, static row => row.GetInt32(1), cancellationToken);

    /// <inheritdoc/>
    public Task AddPredictionsAsync(IReadOnlyDictionary<string, int> choices, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            foreach ((string key, int choice) in choices) file.Run("INSERT OR IGNORE INTO predictions (key, choice) VALUES ($0, $1)", key, choice);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, FileStamp>> FindFilesAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken) => file.FindAsync(
        "SELECT path, size, modified, hash FROM files WHERE path IN", paths, static row => new FileStamp(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3)), cancellationToken);

    /// <inheritdoc/>
    public Task AddFilesAsync(IReadOnlyCollection<FileStamp> files, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            foreach (FileStamp f in files) file.Run("INSERT OR REPLACE INTO files (path, size, modified, hash) VALUES ($0, $1, $2, $3)", f.Path, f.Size, f.Modified, f.Hash);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ForgetFileAsync(string path, CancellationToken cancellationToken) => ChangeAsync(() => file.Run("DELETE FROM files WHERE path = $0", path), cancellationToken);

    private Task ChangeAsync(Action changes, CancellationToken cancellationToken) => file.Writable ? file.ChangeAsync(changes, cancellationToken) : Task.CompletedTask;
}
