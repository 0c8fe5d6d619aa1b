using Microsoft.Data.Sqlite;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>An SQLite file with a write-ahead log that several stores share. Safe for concurrent use within a process; each change takes effect as a whole or not at all.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const int KeysAtOnce = 500;
    private readonly SqliteConnection _connection;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly string _path;

    private SqliteFile(SqliteConnection connection, string path, bool writable)
    {
        _connection = connection;
        _path = path;
        Writable = writable;
    }

    /// <summary>Whether it was opened for writing.</summary>
    public bool Writable { get; }

    /// <summary>Version of its tables.</summary>
    public long Version { get; private init; }

    /// <summary>Opens a file for reading and writing; makes it where there is none, and brings one of an earlier version to the present one.</summary>
    /// <exception cref="PellucidException">It cannot be used: not writable, damaged, or made by a newer version.</exception>
    public static SqliteFile Open(string path) => Open(path, SqliteOpenMode.ReadWriteCreate, connection =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON";
        command.ExecuteNonQuery();
        SqliteSchema.Prepare(connection, path);
        return SqliteSchema.Version;
    });

    /// <summary>Opens a file for reading alone. It may be of an earlier version.</summary>
    /// <exception cref="PellucidException">It cannot be read, or was made by a newer version.</exception>
    public static SqliteFile Look(string path) => Open(path, SqliteOpenMode.ReadOnly, connection => SqliteSchema.Check(connection, path));

    /// <summary>Rows whose first column is one of some keys.</summary>
    /// <param name="select">The query up to the list of keys; the key is its first column.</param>
    /// <param name="keys">The keys.</param>
    /// <param name="read">Reads a row.</param>
    /// <param name="cancellationToken">Stops waiting for a turn.</param>
    public async Task<IReadOnlyDictionary<string, T>> FindAsync<T>(string select, IReadOnlyCollection<string> keys, Func<SqliteDataReader, T> read, CancellationToken cancellationToken)
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

    /// <summary>Makes changes in one transaction.</summary>
    /// <param name="changes">Calls <see cref="Run"/>.</param>
    /// <param name="cancellationToken">Stops waiting for a turn.</param>
    public async Task ChangeAsync(Action changes, CancellationToken cancellationToken)
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

    /// <summary>Runs a statement inside <see cref="ChangeAsync"/>.</summary>
    /// <param name="sql">The statement, with $0, $1 and so on for the values.</param>
    /// <param name="values">The values.</param>
    public void Run(string sql, params object?[] values)
    {
        using SqliteCommand command = Command(sql, values);
        command.ExecuteNonQuery();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _turn.Dispose();
    }

    private static SqliteFile Open(string path, SqliteOpenMode mode, Func<SqliteConnection, long> prepare)
    {
        // Without a pool, so that the file is let go of with the store.
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString());
        try
        {
            connection.Open();
            long version = prepare(connection);
            return new SqliteFile(connection, path, mode != SqliteOpenMode.ReadOnly) { Version = version };
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

    private SqliteCommand Command(string sql, object?[] values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        for (int i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"${i}", values[i] ?? DBNull.Value);
        return command;
    }
}
