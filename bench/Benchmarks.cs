namespace Pellucid.Bench;

/// <summary>All measurements, in the order in which they are made.</summary>
internal static class Benchmarks
{
    public static IReadOnlyList<string> Names { get; } =
        [.. SpeedBenchmarks.Names, .. FusionBenchmarks.Names, .. MemoryBenchmarks.Names, .. ProcessBenchmarks.Names, .. BatchBenchmarks.Names, .. MetricBenchmarks.Names, .. PeerBenchmarks.Names];

    public static async Task<IReadOnlyList<BenchRow>> RunAsync(BenchSettings settings, Action<BenchRow> done, CancellationToken cancellationToken)
    {
        var rows = new List<BenchRow>();
        foreach (IAsyncEnumerable<BenchRow> part in new[]
        {
            SpeedBenchmarks.RunAsync(settings, cancellationToken), FusionBenchmarks.RunAsync(settings, cancellationToken), MemoryBenchmarks.RunAsync(settings),
            ProcessBenchmarks.RunAsync(settings), BatchBenchmarks.RunAsync(settings, cancellationToken), MetricBenchmarks.RunAsync(settings, cancellationToken), PeerBenchmarks.RunAsync(settings, cancellationToken),
        })
        {
            await foreach (BenchRow row in part.WithCancellation(cancellationToken))
            {
                rows.Add(row);
                done(row);
            }
        }

        return rows;
    }
}
