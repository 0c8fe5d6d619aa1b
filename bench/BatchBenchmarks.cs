using System.Globalization;
using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Perturbation;

namespace Pellucid.Bench;

/// <summary>Methods that only evaluate the model, against as many plain forwards in the batch size that is fastest here.</summary>
internal static class BatchBenchmarks
{
    private static readonly int[] BatchSizes = [1, 4, 8, 16];

    private static readonly Measurement[] All =
    [
        new("occlusion-196", "occlusion of one image with 196 windows", 197, 1.05, static (m, t) => m.ExplainAsync(new OcclusionExplainer(new OcclusionOptions()), [t])),
    ];

    public static IEnumerable<string> Names => All.Select(m => m.Name);

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Measurement[] wanted = [.. All.Where(m => settings.Wants(m.Name))];
        if (wanted.Length == 0) yield break;
        SyntheticClip.Ensure();
        using BenchModel model = await BenchModel.LoadAsync(settings.Threads);
        ExplanationTarget target = (await model.TextTargetsAsync(1))[0];
        int batch = await BestBatchAsync(model, cancellationToken);
        foreach (Measurement m in wanted)
        {
            Alternating times = await Alternating.MeasureAsync(
                () => ForwardsAsync(model, m.Forwards, batch, cancellationToken), () => m.Work(model, target), settings.Runs, cancellationToken);
            yield return new BenchRow(m.Name, m.What, times.Ratio, $"x {m.Forwards} forwards", m.Limit, string.Create(
                CultureInfo.InvariantCulture, $"{times.Method:0} ms : {times.Plain:0} ms for the forwards in batches of {batch}; processor time {times.ProcessorRatio:0.00} x"));
        }
    }

    /// <summary>The batch size with the least time an image.</summary>
    public static async Task<int> BestBatchAsync(BenchModel model, CancellationToken cancellationToken)
    {
        const int Images = 16;
        (int Batch, double Time) best = (1, double.PositiveInfinity);
        foreach (int batch in BatchSizes)
        {
            Alternating times = await Alternating.MeasureAsync(
                () => ForwardsAsync(model, Images, batch, cancellationToken), static () => Task.CompletedTask, runs: 3, cancellationToken);
            if (times.Plain < best.Time) best = (batch, times.Plain);
        }

        return best.Batch;
    }

    /// <summary>Plain forwards of copies of the image.</summary>
    public static async Task ForwardsAsync(BenchModel model, int images, int batch, CancellationToken cancellationToken)
    {
        HostTensor image = model.Image.Pixels;
        for (int start = 0; start < images; start += batch)
        {
            int rows = Math.Min(batch, images - start);
            HostTensor pixels = HostTensor.Zeros(image.ElementType, image.Shape.With(0, rows));
            for (int r = 0; r < rows; r++) image.Bytes.CopyTo(pixels.Bytes[(r * image.Bytes.Length)..]);
            _ = await model.Model.EmbedImagesAsync(pixels, cancellationToken);
        }
    }

    private sealed record Measurement(string Name, string What, int Forwards, double Limit, Func<BenchModel, ExplanationTarget, Task> Work);
}
