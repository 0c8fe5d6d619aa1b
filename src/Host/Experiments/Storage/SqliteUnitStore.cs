using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>Results in an SQLite file with a write-ahead log. Safe for concurrent use within a process.</summary>
public sealed class SqliteUnitStore : IUnitStore
{
    private readonly SqliteFile _file;

    internal SqliteUnitStore(SqliteFile file) => _file = file;

    /// <summary>Opens a file for reading and writing; makes it where there is none.</summary>
    /// <exception cref="PellucidException">It cannot be used: not writable, damaged, or made by a newer version.</exception>
    public static SqliteUnitStore Open(string path) => new(SqliteFile.Open(path));

    /// <summary>Opens a file for reading alone.</summary>
    /// <exception cref="PellucidException">It cannot be read, or was made by a newer version.</exception>
    public static SqliteUnitStore Look(string path) => new(SqliteFile.Look(path));

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, UnitResult>> FindUnitsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => _file.FindAsync(
        // A store that is only looked at may be of before there were warnings.
        $"SELECT u.key, u.score, u.explained_score, u.explained_function, u.map, u.words, u.numbers, p.json, u.subject, {(_file.Version > 1 ? "u.warning" : "NULL")} FROM units u JOIN provenance p ON p.id = u.provenance WHERE u.key IN",
        keys,
        static row => new UnitResult
        {
            Key = row.GetString(0),
            Score = row.GetDouble(1),
            ExplainedScore = row.GetDouble(2),
            ExplainedFunction = row.GetString(3),
            Map = Text(row, 4) is { } map ? StoredJson.Read<StoredMap>(map) : null,
            Words = Text(row, 5),
            Numbers = StoredJson.Read<SortedDictionary<string, double>>(row.GetString(6)),
            Provenance = row.GetString(7),
            Subject = row.GetString(8),
            Warning = Text(row, 9),
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task AddUnitsAsync(IReadOnlyList<UnitResult> results, CancellationToken cancellationToken) => _file.ChangeAsync(
        () =>
        {
            foreach (UnitResult r in results)
            {
                _file.Run("INSERT OR IGNORE INTO units (key, score, explained_score, explained_function, map, words, numbers, provenance, subject, warning) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)",
                    r.Key, r.Score, r.ExplainedScore, r.ExplainedFunction, r.Map is null ? null : StoredJson.Write(r.Map), r.Words, StoredJson.Write(r.Numbers), Provenance(r.Provenance), r.Subject, r.Warning);
                _file.Run("DELETE FROM failures WHERE key = $0", r.Key);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ForgetUnitsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => _file.ChangeAsync(
        () =>
        {
            foreach (string key in keys)
            {
                _file.Run("DELETE FROM metrics WHERE unit = $0", key);
                _file.Run("DELETE FROM units WHERE key = $0", key);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, StoredMetric>> FindMetricsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => _file.FindAsync(
        "SELECT m.key, m.unit, m.value, m.detail, p.json FROM metrics m JOIN provenance p ON p.id = m.provenance WHERE m.key IN",
        keys,
        static row => new StoredMetric(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetDouble(2), row.GetString(3), row.GetString(4)),
        cancellationToken);

    /// <inheritdoc/>
    public Task AddMetricsAsync(IReadOnlyList<StoredMetric> results, CancellationToken cancellationToken) => _file.ChangeAsync(
        () =>
        {
            foreach (StoredMetric r in results)
            {
                _file.Run("INSERT OR IGNORE INTO metrics (key, unit, value, detail, provenance) VALUES ($0, $1, $2, $3, $4)",
                    r.Key, r.UnitKey, r.Value, r.Detail, Provenance(r.Provenance));
                _file.Run("DELETE FROM failures WHERE key = $0", r.Key);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ForgetMetricsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => _file.ChangeAsync(
        () =>
        {
            foreach (string key in keys) _file.Run("DELETE FROM metrics WHERE key = $0", key);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task NoteFailuresAsync(IReadOnlyList<UnitFailure> failures, CancellationToken cancellationToken) => _file.ChangeAsync(
        () =>
        {
            foreach (UnitFailure f in failures) _file.Run("INSERT OR REPLACE INTO failures (key, message) VALUES ($0, $1)", f.Key, f.Message);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, UnitFailure>> FindFailuresAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        _file.FindAsync("SELECT key, message FROM failures WHERE key IN", keys, static row => new UnitFailure(row.GetString(0), row.GetString(1)), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>Keeps a provenance once and gives its id, so that a million units of one run do not repeat it.</summary>
    private string Provenance(string json)
    {
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        _file.Run("INSERT OR IGNORE INTO provenance (id, json) VALUES ($0, $1)", id, json);
        return id;
    }
}
