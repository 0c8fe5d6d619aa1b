using System.Globalization;

namespace Pellucid.Bench;

/// <summary>
/// Peak resident memory of <c>evaluate</c> over many images against few: maps, metrics on changed pixels, on regions, on words and pooled ones, statistics and
/// report. With the embedded model, so that what grows is not hidden behind large weights.
/// </summary>
internal static class EvaluationMemory
{
    public const string Name = "evaluate-memory";

    private const int Few = 16, Many = 1024;
    private const double Limit = 1.1, Megabyte = 1e6;
    private const string What = "peak resident memory of evaluate, 2 explainers and 5 metrics: 1,024 images of 256 x 256 against 16";

    private static readonly string[] Parts =
    [
        "--texts", "ground-truth", "--explainer", "grad-eclip", "--explainer", "game",
        "--metric", "deletion(every=50)", "--metric", "average-precision", "--metric", "pointing-game", "--metric", "consistency", "--metric", "text-deletion",
    ];

    public static async Task<BenchRow> MeasureAsync()
    {
        if (!ProcessMemory.CanTell) return new BenchRow(Name, What, null, "x", null, "measured on Linux only");
        SyntheticScenes.Ensure(Many);
        ChildResult few = await EvaluateAsync(Few), many = few.ExitCode == 0 ? await EvaluateAsync(Many) : few;
        return many.ExitCode == 0
            ? new BenchRow(Name, What, (double)many.Peak / few.Peak, "x", Limit, string.Create(
                CultureInfo.InvariantCulture, $"{many.Peak / Megabyte:0} MB : {few.Peak / Megabyte:0} MB; {many.Wall.TotalSeconds:0} s : {few.Wall.TotalSeconds:0} s"))
            : new BenchRow(Name, What, null, "x", Limit, many.Complaint);
    }

    private static async Task<ChildResult> EvaluateAsync(int images)
    {
        string work = Directory.CreateTempSubdirectory("pellucid-bench-").FullName;
        try
        {
            return await ChildProcess.RunDotNetAsync(
                [
                    Repository.Host, "evaluate", "--model", Path.Combine(Repository.Root, "models", "shapes-clip"), "--data", SyntheticScenes.Folder,
                    "--limit", images.ToString(CultureInfo.InvariantCulture), "--out", work, .. Parts,
                ],
                watchMemory: true);
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }
}
