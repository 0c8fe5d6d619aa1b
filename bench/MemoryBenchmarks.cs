using System.Globalization;

namespace Pellucid.Bench;

/// <summary>Memory of explanations, in fresh processes.</summary>
internal static class MemoryBenchmarks
{
    private const double Megabyte = 1e6;

    public static IEnumerable<string> Names => ["peak-memory", "two-sessions", "ig-memory", EvaluationMemory.Name];

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchSettings settings)
    {
        if (settings.Wants(EvaluationMemory.Name)) yield return await EvaluationMemory.MeasureAsync();
        if (!Names.Any(n => n != EvaluationMemory.Name && settings.Wants(n))) yield break;
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

        if (settings.Wants("ig-memory")) yield return await StepsAsync(settings);
    }

    /// <summary>Peak memory must not grow with the number of steps.</summary>
    private static async Task<BenchRow> StepsAsync(BenchSettings settings)
    {
        const string Name = "ig-memory", What = "peak memory of integrated gradients: 100 steps against 10", Unit = "x";
        BenchRow few = await MeasureAsync(settings, ChildMeasurements.FewSteps, Name, What, 0, "MB", bytes => bytes / Megabyte, 0);
        BenchRow many = await MeasureAsync(settings, ChildMeasurements.ManySteps, Name, What, 0, "MB", bytes => bytes / Megabyte, 0);
        return few.Value is { } f && many.Value is { } m
            ? new BenchRow(Name, What, m / f, Unit, 1.05, string.Create(CultureInfo.InvariantCulture, $"{m:0} MB : {f:0} MB"))
            : new BenchRow(Name, What, null, Unit, ProcessMemory.CanTell ? 1.05 : null, few.Value is null ? few.Note : many.Note);
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
