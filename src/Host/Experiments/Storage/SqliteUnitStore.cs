using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>Results in an SQLite file with a write-ahead log. Safe for concurrent use within a process.</summary>
public sealed class SqliteUnitStore : IUnitStore
{
    private const int KeysAtOnce = 500;
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _path;

    private SqliteUnitStore(SqliteConnection connection, string path)
    {
        _connection = connection;
        _path = path;
    }

    /// <summary>Opens a file for reading and writing; makes it where there is none.</summary>
    /// <exception cref="PellucidException">It cannot be used: not writable, damaged, or made by a newer version.</exception>
    public static SqliteUnitStore Open(string path) => Open(path, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";
        command.ExecuteNonQuery();
        SqliteSchema.Prepare(connection, path);
    });

    /// <summary>Opens a file for reading alone.</summary>
    /// <exception cref="PellucidException">It cannot be read, or was made by a newer version.</exception>
    public static SqliteUnitStore Look(string path) => Open(path, SqliteOpenMode.ReadOnly, connection => SqliteSchema.Check(connection, path));

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, UnitResult>> FindUnitsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => FindAsync(
        "SELECT u.key, u.score, u.explained_score, u.explained_function, u.map, u.words, u.numbers, p.json, u.subject FROM units u JOIN provenance p ON p.id = u.provenance WHERE u.key IN",
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
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task AddUnitsAsync(IReadOnlyList<UnitResult> results, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            foreach (UnitResult r in results)
            {
                Run("INSERT OR IGNORE INTO units (key, score, explained_score, explained_function, map, words, numbers, provenance, subject) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)",
                    r.Key, r.Score, r.ExplainedScore, r.ExplainedFunction, r.Map is null ? null : StoredJson.Write(r.Map), r.Words, StoredJson.Write(r.Numbers), Provenance(r.Provenance), r.Subject);
                Run("DELETE FROM failures WHERE key = $0", r.Key);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ForgetUnitsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            foreach (string key in keys)
            {
                Run("DELETE FROM metrics WHERE unit = $0", key);
                Run("DELETE FROM units WHERE key = $0", key);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, StoredMetric>> FindMetricsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => FindAsync(
        "SELECT m.key, m.unit, m.value, m.detail, p.json FROM metrics m JOIN provenance p ON p.id = m.provenance WHERE m.key IN",
        keys,
        static row => new StoredMetric(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetDouble(2), row.GetString(3), row.GetString(4)),
        cancellationToken);

    /// <inheritdoc/>
    public Task AddMetricsAsync(IReadOnlyList<StoredMetric> results, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            foreach (StoredMetric r in results)
            {
                Run("INSERT OR IGNORE INTO metrics (key, unit, value, detail, provenance) VALUES ($0, $1, $2, $3, $4)",
                    r.Key, r.UnitKey, r.Value, r.Detail, Provenance(r.Provenance));
                Run("DELETE FROM failures WHERE key = $0", r.Key);
            }
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task ForgetMetricsAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            foreach (string key in keys) Run("DELETE FROM metrics WHERE key = $0", key);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task NoteFailuresAsync(IReadOnlyList<UnitFailure> failures, CancellationToken cancellationToken) => ChangeAsync(
        () =>
        {
            foreach (UnitFailure f in failures) Run("INSERT OR REPLACE INTO failures (key, message) VALUES ($0, $1)", f.Key, f.Message);
        },
        cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, UnitFailure>> FindFailuresAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
        FindAsync("SELECT key, message FROM failures WHERE key IN", keys, static row => new UnitFailure(row.GetString(0), row.GetString(1)), cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }

    private static SqliteUnitStore Open(string path, SqliteOpenMode mode, Action<SqliteConnection> prepare)
    {
        // Without a pool, so that the file is let go of with the store.
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            prepare(connection);
            return new SqliteUnitStore(connection, path);
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Unusable(path, e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static PellucidException Unusable(string path, SqliteException e) => new(
        e.SqliteErrorCode switch
        {
            11 or 26 => $"'{path}' is damaged, or no store of results: remove it, or give another folder ({e.Message})",
            13 => $"'{path}' cannot grow, the disk is full: free some space and run again; what is done stays done",
            _ => $"the store of results '{path}' cannot be used: {e.Message}",
        },
        e);

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private async Task<IReadOnlyDictionary<string, T>> FindAsync<T>(string select, IReadOnlyCollection<string> keys, Func<SqliteDataReader, T> read, CancellationToken cancellationToken)
    {
        Dictionary<string, T> found = new(StringComparer.Ordinal);
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (string[] some in keys.Chunk(KeysAtOnce))
            {
                using SqliteCommand command = Command($"{select} ({string.Join(", ", Enumerable.Range(0, some.Length).Select(i => $"${i}"))})", [.. some]);
                using SqliteDataReader rows = command.ExecuteReader();
                while (rows.Read()) found[rows.GetString(0)] = read(rows);
            }

            return found;
        }
        catch (SqliteException e)
        {
            throw Unusable(_path, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task ChangeAsync(Action changes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            using SqliteTransaction transaction = _connection.BeginTransaction();
            changes();
            transaction.Commit();
        }
        catch (SqliteException e)
        {
            throw Unusable(_path, e);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Keeps a provenance once and gives its id, so that a million units of one run do not repeat it.</summary>
    private string Provenance(string json)
    {
        string id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json)));
        Run("INSERT OR IGNORE INTO provenance (id, json) VALUES ($0, $1)", id, json);
        return id;
    }

    private void Run(string sql, params object?[] values)
    {
        using SqliteCommand command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, object?[] values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
        return command;
    }
}
