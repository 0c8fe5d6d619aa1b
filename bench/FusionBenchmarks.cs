using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Host;

namespace Pellucid.Bench;

/// <summary>Embedding-space fusion: one run for a linear explainer, all maps, and another text on maps that are kept.</summary>
internal static class FusionBenchmarks
{
    private const string Fused = "fusion-fused", Maps = "fusion-maps", Text = "fusion-text";
    private const string Linear = "saliency(abs=false)";

    public static IEnumerable<string> Names => [Fused, Maps, Text];

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Names.Any(settings.Wants)) yield break;
        SyntheticClip.Ensure();
        using BenchModel model = await BenchModel.LoadAsync(settings.Threads);
        string folder = Directory.CreateTempSubdirectory("pellucid-bench-maps-").FullName;
        try
        {
            using HostServices host = Host(model, folder);
            IReadOnlyList<ExplanationTarget> texts = [.. (await model.TextTargetsAsync(2)).Select(t => (MatchingScoreTarget)t with { Score = ScoreKind.Linear })];
            if (settings.Wants(Fused)) yield return await FusedAsync(model, host, texts, settings, cancellationToken);
            if (settings.Wants(Text)) yield return await TextAsync(model, host, texts, settings, cancellationToken);
            if (settings.Wants(Maps)) yield return await MapsAsync(model, host, texts, settings, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The host as it is built, on the runner of the measured model.</summary>
    private static HostServices Host(BenchModel model, string folder) => new(
        new HostSettings
        {
            HostFolder = Path.Combine(Repository.Root, "artifacts", "bin", "Pellucid.Host", "release"), StateFolder = folder, MapCacheFolder = Path.Combine(folder, "maps"),
        },
        _ => model.Runner);

    private static async Task<BenchRow> FusedAsync(
        BenchModel model, HostServices host, IReadOnlyList<ExplanationTarget> texts, BenchSettings settings, CancellationToken cancellationToken)
    {
        IExplainer alone = host.Explainers.Create(Linear), fusion = host.Explainers.Create($"embedding-fusion(inner={Linear})");
        Alternating times = await Alternating.MeasureAsync(
            () => model.ExplainAsync(alone, [texts[0]]), () => model.ExplainAsync(fusion, [texts[0]]), settings.Runs, cancellationToken);
        return new BenchRow(Fused, $"fused map of one text, against {Linear} alone", times.Ratio, "x", 1.05, Note(times, "alone"));
    }

    private static async Task<BenchRow> TextAsync(
        BenchModel model, HostServices host, IReadOnlyList<ExplanationTarget> texts, BenchSettings settings, CancellationToken cancellationToken)
    {
        // Any maps will do, so cheap ones are kept.
        IExplainer fusion = host.Explainers.Create("embedding-fusion(inner=random, plan=maps)");
        await model.ExplainAsync(fusion, [texts[0]]);
        Alternating times = await Alternating.MeasureAsync(
            () => model.Model.EmbedImagesAsync(model.Image.Pixels), () => model.ExplainAsync(fusion, [texts[1]]), settings.Runs, cancellationToken);
        return new BenchRow(Text, "a second text on the kept maps of 512 dimensions", times.Ratio, "x", 0.02, Note(times, "forward"));
    }

    /// <summary>Takes a minute, so it is done once, with forward runs before and behind it.</summary>
    private static async Task<BenchRow> MapsAsync(
        BenchModel model, HostServices host, IReadOnlyList<ExplanationTarget> texts, BenchSettings settings, CancellationToken cancellationToken)
    {
        const int Dimensions = SyntheticClip.EmbeddingWidth;
        await model.ExplainAsync(host.Explainers.Create(Linear), [.. Enumerable.Range(0, 16).Select(i => new EmbeddingDimensionTarget(i))]);
        IExplainer fusion = host.Explainers.Create($"embedding-fusion(inner={Linear}, plan=maps)");
        List<double> forward = [];
        for (int i = 0; i < settings.Runs; i++) forward.Add(await TimeAsync(() => model.Model.EmbedImagesAsync(model.Image.Pixels)));
        cancellationToken.ThrowIfCancellationRequested();
        double all = await TimeAsync(() => model.ExplainAsync(fusion, [texts[0]]));
        for (int i = 0; i < settings.Runs; i++) forward.Add(await TimeAsync(() => model.Model.EmbedImagesAsync(model.Image.Pixels)));
        double plain = Alternating.Median(forward);
        return new BenchRow(Maps, $"saliency maps of all {Dimensions} dimensions, kept on disk", all / plain, "x", 1.3 * Dimensions, string.Create(
            CultureInfo.InvariantCulture, $"{all:0} ms : {plain:0} ms forward; {all / plain / Dimensions:0.00} forwards a map; one run"));
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static string Note(Alternating times, string other) => string.Create(
        CultureInfo.InvariantCulture, $"{times.Method:0.0} ms : {times.Plain:0.0} ms {other}; processor time {times.ProcessorRatio:0.000} x");
}
