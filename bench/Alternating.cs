using System.Diagnostics;

namespace Pellucid.Bench;

/// <summary>Times of a measured piece of work and of the plain forward, taken in turns: whatever else the machine does hits both.</summary>
/// <param name="Plain">Milliseconds of the plain forward, median.</param>
/// <param name="Method">Milliseconds of the measured work, median.</param>
/// <param name="ProcessorRatio">Quotient of the processor times, which shows whether a wall-clock figure is noise.</param>
internal sealed record Alternating(double Plain, double Method, double ProcessorRatio)
{
    private const int MostRepeats = 10;

    public double Ratio => Method / Plain;

    public static async Task<Alternating> MeasureAsync(Func<Task> plain, Func<Task> method, int runs, CancellationToken cancellationToken)
    {
        await plain();
        await method(); // compiles, and fills the caches that a user's second call finds full
        double wall = (await TimeAsync(method)).Wall;

        // Long work sees every mood of the machine, one forward in between sees one: forwards for a tenth of its time.
        int repeats = (int)Math.Clamp(wall / 10 / (await TimeAsync(plain)).Wall, 1, MostRepeats);
        async Task PlainAsync(List<Sample> times)
        {
            for (int i = 0; i < repeats; i++) times.Add(await TimeAsync(plain));
        }

        var plainTimes = new List<Sample>();
        var methodTimes = new List<Sample>();
        for (int i = 0; i < runs; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (i % 2 == 0) await PlainAsync(plainTimes);
            methodTimes.Add(await TimeAsync(method));
            if (i % 2 == 1) await PlainAsync(plainTimes);
        }

        return new Alternating(
            Median(plainTimes.Select(s => s.Wall)), Median(methodTimes.Select(s => s.Wall)),
            Median(methodTimes.Select(s => s.Processor)) / Median(plainTimes.Select(s => s.Processor)));
    }

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static async Task<Sample> TimeAsync(Func<Task> work)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        await work();
        return new Sample(Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds);
    }

    private readonly record struct Sample(double Wall, double Processor);
}
