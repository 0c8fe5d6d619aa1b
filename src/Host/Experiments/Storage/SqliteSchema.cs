using Microsoft.Data.Sqlite;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>Tables of the store, and how they came to be: each step makes version n+1 of version n.</summary>
internal static class SqliteSchema
{
    /// <summary>Marks the file as ours ("Plcd").</summary>
    private const int ApplicationId = 0x506C6364;

    private static readonly string[] Steps =
    [
        """
        CREATE TABLE provenance (id TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE units (
            key TEXT PRIMARY KEY,
            subject TEXT NOT NULL,
            score REAL NOT NULL,
            explained_score REAL NOT NULL,
            explained_function TEXT NOT NULL,
            map TEXT,
            words TEXT,
            numbers TEXT NOT NULL,
            provenance TEXT NOT NULL REFERENCES provenance (id)) WITHOUT ROWID;
        CREATE TABLE metrics (
            key TEXT PRIMARY KEY,
            unit TEXT NOT NULL,
            value REAL,
            detail TEXT NOT NULL,
            provenance TEXT NOT NULL REFERENCES provenance (id)) WITHOUT ROWID;
        CREATE INDEX metrics_by_unit ON metrics (unit);
        CREATE TABLE failures (key TEXT PRIMARY KEY, message TEXT NOT NULL) WITHOUT ROWID;
        """,
        """
        ALTER TABLE units ADD COLUMN warning TEXT;
        CREATE TABLE predictions (key TEXT PRIMARY KEY, choice INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE files (path TEXT PRIMARY KEY, size INTEGER NOT NULL, modified INTEGER NOT NULL, hash TEXT NOT NULL) WITHOUT ROWID;
        """,
    ];

    /// <summary>The present version.</summary>
    public static int Version => Steps.Length;

    /// <summary>Brings a file to the present version.</summary>
    public static void Prepare(SqliteConnection connection, string path)
    {
        long version = Check(connection, path);
        for (; version < Steps.Length; version++)
        {
            using SqliteTransaction transaction = connection.BeginTransaction();
            Run(connection, Steps[version]);
            Run(connection, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {version + 1}");
            transaction.Commit();
        }
    }

    /// <summary>The file's version, which is not newer than ours.</summary>
    public static long Check(SqliteConnection connection, string path)
    {
        long version = Number(connection, "PRAGMA user_version"), id = Number(connection, "PRAGMA application_id");
        if (version > Steps.Length) throw new PellucidException($"'{path}' was made by a newer version of Pellucid: use that one, or give another folder");
        if (id != ApplicationId && (id != 0 || version != 0)) throw new PellucidException($"'{path}' is a database of another program: give another folder");
        return version;
    }

    private static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
