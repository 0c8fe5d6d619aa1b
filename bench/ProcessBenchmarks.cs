using System.Globalization;

namespace Pellucid.Bench;

/// <summary>Whole commands of the built program, from start to exit.</summary>
internal static class ProcessBenchmarks
{
    public static IEnumerable<string> Names => ["plugins-list", "explain"];

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchSettings settings)
    {
        if (settings.Wants("plugins-list")) yield return await MeasureAsync(settings, "plugins-list", "plugins list, wall time", 0.7, _ => ["plugins", "list"]);
        if (!settings.Wants("explain")) yield break;
        string work = Directory.CreateTempSubdirectory("pellucid-bench-").FullName;
        try
        {
            yield return await MeasureAsync(settings, "explain", "explain one scene with shapes-clip, wall time", 2.5, run =>
            [
                "explain", "--model", Path.Combine(Repository.Root, "models", "shapes-clip"),
                "--image", Path.Combine(Repository.Root, "datasets", "shapes", "images", "000001.png"),
                "--text", "a red circle", "--explainer", "grad-eclip",
                "--out", Path.Combine(work, run.ToString(CultureInfo.InvariantCulture)),
            ]);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    private static async Task<BenchRow> MeasureAsync(BenchSettings settings, string name, string what, double limit, Func<int, string[]> arguments)
    {
        var results = new List<ChildResult>();
        for (int run = 0; run <= settings.Runs; run++)
        {
            ChildResult result = await ChildProcess.RunDotNetAsync([Repository.Host, .. arguments(run)]);
            if (result.ExitCode != 0) return new BenchRow(name, what, null, "s", limit, result.Complaint);
            if (run > 0) results.Add(result); // the first one reads the files from the disk
        }

        return new BenchRow(
            name, what, Alternating.Median(results.Select(r => r.Wall.TotalSeconds)), "s", limit,
            string.Create(CultureInfo.InvariantCulture, $"best {results.Min(r => r.Wall.TotalSeconds):0.00} s"));
    }
}
