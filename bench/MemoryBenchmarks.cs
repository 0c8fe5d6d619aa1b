using System.Globalization;

namespace Pellucid.Bench;

/// <summary>Memory of explanations, in fresh processes.</summary>
internal static class MemoryBenchmarks
{
    private const double Megabyte = 1e6;

    public static IEnumerable<string> Names => ["peak-memory", "two-sessions"];

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchSettings settings)
    {
        if (!Names.Any(settings.Wants)) yield break;
        SyntheticClip.Ensure();
        double weights = SyntheticClip.Bytes / Megabyte;
        if (settings.Wants("peak-memory"))
        {
            yield return await MeasureAsync(
                settings, ChildMeasurements.Peak, "peak-memory", "peak resident memory beyond the weights: load, encode a text, one Grad-ECLIP explanation", 350, "MB",
                bytes => (bytes / Megabyte) - weights, weights);
        }

        if (settings.Wants("two-sessions"))
        {
            yield return await MeasureAsync(
                settings, ChildMeasurements.Sessions, "two-sessions", "anonymous memory of the process with two sessions over the image encoder", 0.8, "x weights",
                bytes => bytes / Megabyte / weights, weights);
        }
    }

    private static async Task<BenchRow> MeasureAsync(
        BenchSettings settings, string measurement, string name, string what, double limit, string unit, Func<double, double> figure, double weights)
    {
        if (!ProcessMemory.CanTell) return new BenchRow(name, what, null, unit, null, "measured on Linux only");
        ChildResult child = await ChildProcess.RunSelfAsync(
            "--child", measurement, "--threads", settings.Threads.ToString(CultureInfo.InvariantCulture));
        return child.ExitCode == 0 && double.TryParse(child.Output, CultureInfo.InvariantCulture, out double bytes)
            ? new BenchRow(name, what, figure(bytes), unit, limit, string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:0} MB in all, weights {weights:0} MB"))
            : new BenchRow(name, what, null, unit, limit, child.Complaint);
    }
}
