using System.Diagnostics;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Pellucid.Host;

namespace Pellucid.EndToEnd.Tests.Experiments;

/// <summary>A folder with an experiment file, and what runs of it leave there.</summary>
internal sealed class ExperimentFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExperimentFolder(string yaml) => Write(yaml);

    /// <summary>Three scenes, nine objects, two explainers: 18 units or so in a second or two.</summary>
    public const string Small = """
        name: small
        seed: 7
        models: shapes-clip
        dataset: { path: shapes, items: ["images/00007*"], limit: 3 }
        texts: { from: regions }
        explainers: [grad-eclip, saliency]
        report: none
        """;

    public string Path => _folder.Path;

    public string File => System.IO.Path.Combine(Path, "experiment.yaml");

    public string Out(string name = "out") => System.IO.Path.Combine(Path, name);

    public void Write(string yaml) => System.IO.File.WriteAllText(File, yaml);

    public Task<CliRun> RunAsync(params string[] more) => Cli.RunAsync(["run", File, "--out", Out(), "--threads", "1", .. more]);

    /// <summary>Starts a command as a process of its own, which can be killed.</summary>
    public Process Start(params string[] command)
    {
        ProcessStartInfo info = new("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in (string[])[System.IO.Path.Combine(Cli.HostFolder, "Pellucid.Host.dll"), .. command, "--out", Out(), "--threads", "1"]) info.ArgumentList.Add(argument);
        info.Environment["PELLUCID_STATE"] = System.IO.Path.Combine(Path, "state");
        return Process.Start(info)!;
    }

    /// <summary>Starts a command and kills it as soon as something is there; false where it ended before.</summary>
    public async Task<bool> KillAsync(Func<bool> there, params string[] command)
    {
        using Process process = Start(command);
        while (!process.HasExited && !there()) await Task.Delay(5);
        bool killed = !process.HasExited;
        if (killed) process.Kill();
        await process.WaitForExitAsync();
        return killed;
    }

    public byte[] Read(string file, string name = "out") => System.IO.File.ReadAllBytes(System.IO.Path.Combine(Out(name), file));

    /// <summary>Number in timings.json.</summary>
    public int Count(string property)
    {
        using JsonDocument json = JsonDocument.Parse(Read("timings.json"));
        return json.RootElement.GetProperty(property).GetInt32();
    }

    /// <summary>How often parts whose names begin so were done in the last run.</summary>
    public int Times(string prefix, bool exactly = false)
    {
        using JsonDocument json = JsonDocument.Parse(Read("timings.json"));
        return json.RootElement.GetProperty("parts").EnumerateArray().Where(p => exactly ? p.GetProperty("name").GetString() == prefix : p.GetProperty("name").GetString()!.StartsWith(prefix, StringComparison.Ordinal)).Sum(p => p.GetProperty("times").GetInt32());
    }

    public IReadOnlyList<string> Rows(string name = "out") => [.. System.Text.Encoding.UTF8.GetString(Read("results.csv", name)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1)];

    public string[] Artifacts(string name = "out") => Directory.Exists(System.IO.Path.Combine(Out(name), "workspace", "artifacts"))
        ? Directory.GetFiles(System.IO.Path.Combine(Out(name), "workspace", "artifacts"), "*.npy", SearchOption.AllDirectories) : [];

    /// <summary>Rows of the store.</summary>
    public long Stored(string table, string name = "out") => (long)Execute($"SELECT COUNT(*) FROM {table}", name)!;

    /// <summary>What a statement on the store gives.</summary>
    public object? Execute(string sql, string name = "out")
    {
        using SqliteConnection connection = new($"Data Source={System.IO.Path.Combine(Out(name), "workspace", "results.db")};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    public HostServices Services() =>
        new(new HostSettings { HostFolder = Cli.HostFolder, StateFolder = System.IO.Path.Combine(Path, "state"), Threads = 1 }, HostServices.CreateDefaultRunner);

    public void Dispose() => _folder.Dispose();
}
