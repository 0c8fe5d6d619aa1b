using System.Globalization;
using System.Runtime.CompilerServices;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Differentiation;
using Pellucid.Graphs.Rewrites;
using Pellucid.Plugins.CaptumStyle;
using Pellucid.Plugins.CaptumStyle.Paths;
using Pellucid.Plugins.GradEclip;
using Pellucid.Plugins.Transformers.Bottleneck;
using Pellucid.Plugins.Transformers.Gradients;

namespace Pellucid.Bench;

/// <summary>Time of explanations of one image, text embeddings given.</summary>
internal static class SpeedBenchmarks
{
    private const int Many = 64;

    private static readonly Measurement[] All =
    [
        new("grad-eclip", "Grad-ECLIP map of one text", 1.15, static (m, t) => m.ExplainAsync(new GradEclipExplainer(new GradEclipOptions(), m.Runner), [t[0]])),
        new("saliency", "gradient by the pixels, one text", 2.2, static (m, t) => m.ExplainAsync(new SaliencyExplainer(new SaliencyOptions()), [t[0]])),
        new("grad-eclip-64", "Grad-ECLIP maps of 64 texts", 1.6, static (m, t) => m.ExplainAsync(new GradEclipExplainer(new GradEclipOptions(), m.Runner), t)),
        new("dimensions-64", "64 embedding dimensions to the last block's attention output", 1.6, static (m, _) => LastBlockGradientsAsync(m)),
        new("game", "GAME over all blocks, one text, image side", 2.5, static (m, t) => m.ExplainAsync(new GameExplainer(new GameOptions(), m.Runner), [t[0]])),
        new("m2ib", "M2IB of one text, 10 steps of 10 samples, image side", 40, static (m, t) => m.ExplainAsync(new M2ibExplainer(new M2ibOptions(), m.Runner), [t[0]])),
        new("ig-50", "integrated gradients of one text, 50 steps", 110, static (m, t) => m.ExplainAsync(new IntegratedGradientsExplainer(new IntegratedGradientsOptions(), NoImages.Instance), [t[0]])),
        new("text", "encoding one text", null, static (m, _) => m.Model.EmbedTextsAsync(BenchModel.Ids(1))),
    ];

    public static IEnumerable<string> Names => All.Select(m => m.Name);

    public static async IAsyncEnumerable<BenchRow> RunAsync(BenchSettings settings, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Measurement[] wanted = [.. All.Where(m => settings.Wants(m.Name))];
        if (wanted.Length == 0) yield break;
        SyntheticClip.Ensure();
        using BenchModel model = await BenchModel.LoadAsync(settings.Threads);
        IReadOnlyList<ExplanationTarget> texts = await model.TextTargetsAsync(Many);
        foreach (Measurement m in wanted)
        {
            Alternating times = await Alternating.MeasureAsync(
                () => model.Model.EmbedImagesAsync(model.Image.Pixels), () => m.Work(model, texts), settings.Runs, cancellationToken);
            yield return new BenchRow(m.Name, m.What, times.Ratio, "x", m.Limit, string.Create(
                CultureInfo.InvariantCulture, $"{times.Method:0} ms : {times.Plain:0} ms; processor time {times.ProcessorRatio:0.00} x"));
        }
    }

    /// <summary>The gradient of each of the first 64 embedding dimensions by the attention output of the last block.</summary>
    private static async Task LastBlockGradientsAsync(BenchModel m)
    {
        TransformerLayout layout = m.Model.Layout(Modality.Image)!;
        string output = layout.Tap(layout.Blocks - 1, "attn.output"), gradient = GraphDifferentiation.GradientOf(output);
        Graph graph = m.Model.ImageEncoder(m.Image.Size).HoistTokenSelection()
            .Differentiate(EncoderNames.ImageEmbeds, [output]).Prune(gradient);
        float[] oneHot = new float[Many * SyntheticClip.EmbeddingWidth];
        for (int k = 0; k < Many; k++) oneHot[(k * SyntheticClip.EmbeddingWidth) + k] = 1;
        _ = await m.Runner.RunAsync(graph, new Dictionary<string, HostTensor>(StringComparer.Ordinal)
        {
            [EncoderNames.PixelValues] = m.Image.Pixels,
            [GraphDifferentiation.CotangentOf(EncoderNames.ImageEmbeds)] = HostTensor.Of(oneHot, Many, SyntheticClip.EmbeddingWidth),
        });
    }

    private sealed record Measurement(string Name, string What, double? Limit, Func<BenchModel, IReadOnlyList<ExplanationTarget>, Task> Work);
}
