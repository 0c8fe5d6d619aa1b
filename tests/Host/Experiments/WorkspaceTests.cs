using Microsoft.Data.Sqlite;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>The store and the artifacts: written once, whole or not at all, and damage is noticed.</summary>
public sealed class WorkspaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pellucid-workspace-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_result_comes_back_as_it_was_and_is_written_once()
    {
        UnitResult result = Result("k", 0.1 + 0.2);
        using (Workspace workspace = Workspace.Open(_folder))
        {
            await workspace.Units.AddUnitsAsync([result, Result("other", 1)], default);
            await workspace.Units.AddUnitsAsync([Result("k", 5)], default);
        }

        using Workspace again = Workspace.Open(_folder);
        IReadOnlyDictionary<string, UnitResult> found = await again.Units.FindUnitsAsync(["k", "missing"], default);
        UnitResult back = Assert.Single(found).Value;
        Assert.Equal(result.Score, back.Score);
        Assert.Equal(result.Map, back.Map);
        Assert.Equal(result.Numbers, back.Numbers);
        Assert.Equal((result.Subject, result.Provenance, result.Words, result.Warning), (back.Subject, back.Provenance, back.Words, back.Warning));
    }

    [Fact]
    public async Task More_keys_than_a_query_takes_are_found()
    {
        using Workspace workspace = Workspace.Open(_folder);
        string[] keys = [.. Enumerable.Range(0, 1203).Select(i => $"key {i}")];
        await workspace.Units.AddUnitsAsync([.. keys.Select(k => Result(k, 1))], default);
        Assert.Equal(keys.Length, (await workspace.Units.FindUnitsAsync(keys, default)).Count);
    }

    [Fact]
    public async Task A_failure_is_noted_until_there_is_a_result()
    {
        using Workspace workspace = Workspace.Open(_folder);
        await workspace.Units.NoteFailuresAsync([new UnitFailure("k", "first"), new UnitFailure("m", "metric")], default);
        await workspace.Units.NoteFailuresAsync([new UnitFailure("k", "second")], default);
        Assert.Equal("second", (await workspace.Units.FindFailuresAsync(["k"], default))["k"].Message);
        await workspace.Units.AddUnitsAsync([Result("k", 1)], default);
        await workspace.Units.AddMetricsAsync([new StoredMetric("m", "k", 0.5, "{}", "{}")], default);
        Assert.Empty(await workspace.Units.FindFailuresAsync(["k", "m"], default));
    }

    [Fact]
    public async Task Forgetting_a_unit_forgets_its_metrics()
    {
        using Workspace workspace = Workspace.Open(_folder);
        await workspace.Units.AddUnitsAsync([Result("k", 1), Result("l", 1)], default);
        await workspace.Units.AddMetricsAsync([new StoredMetric("m", "k", null, "{}", "{}"), new StoredMetric("n", "l", 1, "{}", "{}")], default);
        await workspace.Units.ForgetUnitsAsync(["k"], default);
        Assert.Equal(["l"], (await workspace.Units.FindUnitsAsync(["k", "l"], default)).Keys);
        Assert.Equal(["n"], (await workspace.Units.FindMetricsAsync(["m", "n"], default)).Keys);
    }

    [Fact]
    public void A_second_run_is_refused_while_the_first_is_at_work()
    {
        using (Workspace.Open(_folder))
            Assert.Contains("another run is at work", Assert.Throws<PellucidException>(() => Workspace.Open(_folder)).Message, StringComparison.Ordinal);
        Workspace.Open(_folder).Dispose();
    }

    [Fact]
    public void A_lock_that_cannot_be_written_is_not_taken_for_another_run()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "lock"));
        string message = Assert.Throws<PellucidException>(() => Workspace.Open(_folder)).Message;
        Assert.Contains("cannot be written", message, StringComparison.Ordinal);
        Assert.DoesNotContain("another run", message, StringComparison.Ordinal);
        Assert.Contains("cannot be written", Assert.Throws<PellucidException>(() => WorkspaceLock.Take(Path.Combine(_folder, "gone"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Looking_disturbs_nobody()
    {
        Assert.Null(Workspace.Look(_folder));
        using Workspace working = Workspace.Open(_folder);
        using Workspace? looking = Workspace.Look(_folder);
        Assert.NotNull(looking);
    }

    [Fact]
    public async Task A_store_of_an_earlier_version_is_looked_at_as_it_is_and_brought_up_to_date_when_opened()
    {
        using (Workspace first = Workspace.Open(_folder)) await first.Units.AddUnitsAsync([Result("k", 1)], default);
        Execute(Path.Combine(_folder, "results.db"), "ALTER TABLE units DROP COLUMN warning; DROP TABLE predictions; DROP TABLE files; PRAGMA user_version = 1");
        using (Workspace looking = Workspace.Look(_folder)!)
        {
            Assert.Null(Assert.Single(await looking.Units.FindUnitsAsync(["k"], default)).Value.Warning);
            Assert.Null(looking.Planning);
        }

        using Workspace opened = Workspace.Open(_folder);
        Assert.Single(await opened.Units.FindUnitsAsync(["k"], default));
        await opened.Planning!.AddPredictionsAsync(new Dictionary<string, int>(StringComparer.Ordinal) { ["p"] = 3 }, default);
        Assert.Equal(3, (await opened.Planning.FindPredictionsAsync(["p", "q"], default))["p"]);
        using Workspace reader = Workspace.Look(_folder)!;
        await reader.Planning!.AddPredictionsAsync(new Dictionary<string, int>(StringComparer.Ordinal) { ["q"] = 4 }, default);
        Assert.Equal(["p"], (await reader.Planning.FindPredictionsAsync(["p", "q"], default)).Keys);
    }

    [Theory]
    [InlineData("PRAGMA user_version = 99", "newer version")]
    [InlineData("CREATE TABLE t (x); PRAGMA application_id = 7", "another program")]
    public void A_store_that_is_not_ours_is_refused(string sql, string says)
    {
        string path = Path.Combine(_folder, "results.db");
        Execute(path, sql);
        Assert.Contains(says, Assert.Throws<PellucidException>(() => SqliteUnitStore.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_no_store_is_refused()
    {
        string path = Path.Combine(_folder, "results.db");
        File.WriteAllText(path, new string('x', 5000));
        Assert.Contains("damaged", Assert.Throws<PellucidException>(() => SqliteUnitStore.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("changed")]
    [InlineData("removed")]
    public async Task A_damaged_artifact_is_noticed_and_replaced(string damage)
    {
        ArtifactFolder artifacts = new(_folder);
        byte[] content = [1, 2, 3, 4];
        string name = await artifacts.PutAsync(content, ".bin", default);
        string path = Directory.GetFiles(_folder, name, SearchOption.AllDirectories).Single();
        if (damage == "truncated") File.WriteAllBytes(path, content[..2]);
        else if (damage == "changed") File.WriteAllBytes(path, [1, 2, 3, 5]);
        else File.Delete(path);
        Assert.Null(await artifacts.ReadAsync(name, default));
        Assert.Equal(name, await artifacts.PutAsync(content, ".bin", default));
        Assert.Equal(content, await artifacts.ReadAsync(name, default));
    }

    [Fact]
    public void Leftovers_of_a_killed_process_are_removed()
    {
        string artifacts = Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "ab")).FullName;
        string left = Path.Combine(artifacts, ".abc.npy.x1y2.tmp");
        File.WriteAllBytes(left, [1]);
        Workspace.Open(_folder).Dispose();
        Assert.False(File.Exists(left));
    }

    [Fact]
    public void Tensors_go_through_npy()
    {
        HostTensor map = HostTensor.Of([1.5f, float.NaN, -0f, float.Epsilon, 5, 6], 2, 3), ids = HostTensor.Of([long.MinValue, 7L], 2);
        Assert.Equal(map.Bytes.ToArray(), NpyFormat.Read(NpyFormat.Write(map)).Bytes.ToArray());
        Assert.Equal(ids.Bytes.ToArray(), NpyFormat.Read(NpyFormat.Write(ids)).Bytes.ToArray());
        Assert.Equal(0, NpyFormat.Write(map).AsSpan().IndexOf((byte)'\n') % 64 - 63);
        Assert.Throws<PellucidException>(() => NpyFormat.Read(NpyFormat.Write(map).AsSpan()[..^1]));
        Assert.Throws<PellucidException>(() => NpyFormat.Read([1, 2, 3]));
    }

    private static void Execute(string path, string sql)
    {
        using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static UnitResult Result(string key, double score) => new()
    {
        Key = key,
        Subject = "{\"item\":\"a\"}",
        Score = score,
        ExplainedScore = -score,
        ExplainedFunction = "the served model",
        Map = new StoredMap("m.npy", null, true, MapUpsampling.Nearest, "constant", new ImageGeometry(10, 20, 5, 5, 1.25, -3, 2, 4)),
        Words = "{}",
        Numbers = new SortedDictionary<string, double>(StringComparer.Ordinal) { ["convergence_delta"] = 1e-300 },
        Warning = "relevance_delta is not finite",
        Provenance = "{\"model\":\"m\"}",
    };
}
