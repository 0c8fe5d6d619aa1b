using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle;
using Pellucid.Plugins.Metrics.Faithfulness;
using Pellucid.Plugins.Metrics.Robustness;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Bench;

/// <summary>
/// Metrics that change images, against as many plain runs in the batch size that is fastest here. They take long, so each is measured once, with plain runs before and behind it.
/// </summary>
internal static class MetricBenchmarks
{
    private const int Images = 16;

    // Changes are scored every tenth step: the work around a forward is the same, and the whole takes a tenth of the time.
    private const int Every = 10;

    private static readonly Measurement[] All =
    [
        new("deletion-insertion", "deletion and insertion, 100 steps each over 16 images, every 10th scored", 2 * Images * 11, Gradients: false, static (m, r, t) => BothAsync(r, t)),
        new("pixel-flipping", "pixel flipping in 22 steps over 16 images", Images * 23, Gradients: false, static (m, r, t) => new PixelFlippingMetric(new PixelFlippingOptions { Step = 2352 }).RunAsync(r, t)),
        new("max-sensitivity", "maximum sensitivity of saliency, 10 samples over 4 images", 40, Gradients: true, static (m, r, t) => new MaxSensitivityMetric(new MaxSensitivityOptions()).RunAsync(r with { Items = [.. r.Items.Take(4)] }, t)),
    ];

    public static IEnumerable<string> Names => All.Select(m => m.Name);

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Measurement[] wanted = [.. All.Where(m => settings.Wants(m.Name))];
        if (wanted.Length == 0) yield break;
        SyntheticClip.Ensure();
        using BenchModel model = await BenchModel.LoadAsync(settings.Threads);
        ExplanationTarget target = (await model.TextTargetsAsync(1))[0];
        int batch = await BatchBenchmarks.BestBatchAsync(model, cancellationToken);
        foreach (Measurement m in wanted)
        {
            MetricRequest request = new() { Model = model.Model, Items = Items(model, target), BatchSize = batch, Explainer = new SaliencyExplainer(new SaliencyOptions()) };
            int sample = Math.Min(m.Runs, 4 * batch);
            Func<Task> plain = m.Gradients ? () => GradientsAsync(model, target, sample, batch, cancellationToken) : () => BatchBenchmarks.ForwardsAsync(model, sample, batch, cancellationToken);
            await plain();
            double before = await TimeAsync(plain), measured = await TimeAsync(() => m.Work(model, request, cancellationToken)), after = await TimeAsync(plain);
            double each = (before + after) / 2 / sample;
            yield return new BenchRow(m.Name, m.What, measured / (each * m.Runs), $"x {m.Runs} {(m.Gradients ? "gradients" : "forwards")}", 1.1, string.Create(
                CultureInfo.InvariantCulture, $"{measured / m.Runs:0.0} ms : {each:0.0} ms an image in batches of {batch}; one run"));
        }
    }

    private static async Task BothAsync(MetricRequest request, CancellationToken cancellationToken)
    {
        await new DeletionMetric(new DeletionOptions { Score = MeasuredScore.Target, Every = Every }).RunAsync(request, cancellationToken);
        await new InsertionMetric(new InsertionOptions { Score = MeasuredScore.Target, Every = Every }).RunAsync(request, cancellationToken);
    }

    private static MeasuredItem[] Items(BenchModel model, ExplanationTarget target) => [.. Enumerable.Range(0, Images).Select(i =>
    {
        ImageSize size = model.Image.Size;
        float[] map = new float[size.Height * size.Width];
        new Seeded((ulong)(100 + i)).Fill(map, 0, 1);
        return new MeasuredItem
        {
            Name = $"noise {i}", Image = model.Image, Target = target, Map = HostTensor.Of(map, size.Height, size.Width), Elements = null, Seed = (ulong)i,
        };
    })];

    private static async Task GradientsAsync(BenchModel model, ExplanationTarget target, int images, int batch, CancellationToken cancellationToken)
    {
        HostTensor image = model.Image.Pixels;
        for (int start = 0; start < images; start += batch)
        {
            int rows = Math.Min(batch, images - start);
            HostTensor pixels = HostTensor.Zeros(image.ElementType, image.Shape.With(0, rows));
            for (int r = 0; r < rows; r++) image.Bytes.CopyTo(pixels.Bytes[(r * image.Bytes.Length)..]);
            await model.Model.GradientsAsync(pixels, [.. Enumerable.Repeat(target, rows)], cancellationToken);
        }
    }

    private static async Task<double> TimeAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private sealed record Measurement(string Name, string What, int Runs, bool Gradients, Func<BenchModel, MetricRequest, CancellationToken, Task> Work);
}
