using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Explanations;
using Pellucid.Plugins.CaptumStyle;
using Pellucid.Plugins.CaptumStyle.Paths;
using Pellucid.Plugins.CaptumStyle.Perturbation;

namespace Pellucid.Bench;

/// <summary>Wall times against the same methods in PyTorch with as many threads, in turns in one run. The maps of both are compared.</summary>
internal static class PeerBenchmarks
{
    /// <summary>Most that the maps may differ, as a fraction of the largest value: float32 in another order of sums.</summary>
    private const float MapTolerance = 2e-3f;

    private static readonly Comparison[] All =
    [
        new("peer-forward", "plain image forward", null, "forward", null),
        new("peer-saliency", "saliency", 5, "saliency", static _ => new SaliencyExplainer(new SaliencyOptions())),
        new("peer-ig-50", "integrated gradients, 50 steps", 3.5, "integrated_gradients", static _ => new IntegratedGradientsExplainer(new IntegratedGradientsOptions(), NoImages.Instance)),
        new("peer-occlusion-196", "occlusion, 196 windows", 3, "occlusion", static _ => new OcclusionExplainer(new OcclusionOptions())),
    ];

    public static IEnumerable<string> Names => All.Select(c => c.Name);

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Comparison[] wanted = [.. All.Where(c => settings.Wants(c.Name))];
        if (wanted.Length == 0) yield break;
        SyntheticClip.Ensure();
        using BenchModel model = await BenchModel.LoadAsync(settings.Threads);
        IReadOnlyList<ExplanationTarget> targets = await model.TextTargetsAsync(1);
        (Peer? peer, string? missing) = await Peer.StartAsync(model.Image.Pixels, ((MatchingScoreTarget)targets[0]).Text.Embedding, settings.Threads);
        using Peer? disposed = peer;
        foreach (Comparison c in wanted)
        {
            string what = $"{c.What}: times faster than PyTorch";
            yield return peer is null
                ? new BenchRow(c.Name, what, null, "times", null, missing!)
                : await CompareAsync(c, what, model, targets, peer, settings.Runs, cancellationToken);
        }
    }

    private static async Task<BenchRow> CompareAsync(
        Comparison c, string what, BenchModel model, IReadOnlyList<ExplanationTarget> targets, Peer peer, int runs, CancellationToken cancellationToken)
    {
        IExplainer? explainer = c.Explainer?.Invoke(model);
        float[] ours = [];
        async Task OursAsync() => ours = explainer is null
            ? (await model.Model.EmbedImagesAsync(model.Image.Pixels, cancellationToken)).Floats.ToArray()
            : (await model.ExplainAsync(explainer, targets))[0].Image!.Map.Floats.ToArray();
        await OursAsync();
        float[] theirs = (await peer.RunAsync(c.Method)).Result;
        float difference = Difference(ours, theirs);
        if (!(difference <= MapTolerance)) return new BenchRow(c.Name, what, null, "times", c.AtLeast, $"the results differ by {difference:0.0e+0} of the largest value: they are not the same computation") { AtLeast = true };

        List<double> ourTimes = [], theirTimes = [];
        for (int run = 0; run < runs; run++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (run % 2 == 0) theirTimes.Add((await peer.RunAsync(c.Method)).Milliseconds);
            long start = Stopwatch.GetTimestamp();
            await OursAsync();
            ourTimes.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            if (run % 2 == 1) theirTimes.Add((await peer.RunAsync(c.Method)).Milliseconds);
        }

        double our = Alternating.Median(ourTimes), their = Alternating.Median(theirTimes);
        return new BenchRow(c.Name, what, their / our, "times", c.AtLeast, string.Create(
            CultureInfo.InvariantCulture, $"{our:0} ms : {their:0} ms ({peer.Version}); results agree to {difference:0.0e+0} of the largest value")) { AtLeast = true };
    }

    private static float Difference(float[] ours, float[] theirs)
    {
        if (ours.Length != theirs.Length) return float.NaN;
        float[] difference = new float[ours.Length];
        TensorPrimitives.Subtract(ours, theirs, difference);
        return MathF.Abs(TensorPrimitives.MaxMagnitude<float>(difference) / TensorPrimitives.MaxMagnitude<float>(ours));
    }

    private sealed record Comparison(string Name, string What, double? AtLeast, string Method, Func<BenchModel, IExplainer>? Explainer);
}
