using System.CommandLine;

namespace Pellucid.Bench;

/// <summary>The command line of the benchmark.</summary>
internal static class BenchCommand
{
    public static RootCommand Create()
    {
        Option<string[]> only = new("--only") { Description = "make these measurements only: " + string.Join(", ", Benchmarks.Names), AllowMultipleArgumentsPerToken = true };
        only.AcceptOnlyFromAmong([.. Benchmarks.Names]);
        Option<int> runs = new("--runs") { Description = "timed runs a measurement, at least 5; the median counts", DefaultValueFactory = _ => 7 };
        runs.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<int>() < 5) r.AddError("--runs must be 5 or more: the median of fewer says nothing on a busy machine");
        });
        Option<int> threads = new("--threads") { Description = "threads of ONNX Runtime", DefaultValueFactory = _ => 2 };
        Option<bool> json = new("--json") { Description = "print JSON only" };
        Option<bool> check = new("--check") { Description = "exit code 1 when a limit is missed" };
        Option<string?> child = new("--child") { Hidden = true };
        var root = new RootCommand(
            "Measures Pellucid on a CLIP of the size of ViT-B/16 with seeded random weights, everything as multiples of the plain image forward of the same run.")
        {
            only, runs, threads, json, check, child,
        };
        root.SetAction(async (parsed, cancellationToken) =>
        {
            var settings = new BenchSettings(
                parsed.GetValue(only) ?? [], parsed.GetValue(runs), parsed.GetValue(threads), parsed.GetValue(json), parsed.GetValue(check));
            if (parsed.GetValue(child) is { } measurement)
            {
                await Console.Out.WriteLineAsync(await ChildMeasurements.RunAsync(measurement, settings.Threads));
                return 0;
            }

            return await RunAsync(settings, cancellationToken);
        });
        return root;
    }

    private static async Task<int> RunAsync(BenchSettings settings, CancellationToken cancellationToken)
    {
        IReadOnlyList<BenchRow> rows = await Benchmarks.RunAsync(
            settings, row => { if (!settings.Json) Console.Out.WriteLine(BenchReport.Line(row)); }, cancellationToken);
        BenchReport.Write(rows, settings);
        return settings.Check && rows.Any(r => r.Missed) ? 1 : 0;
    }
}
