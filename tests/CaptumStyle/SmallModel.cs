using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging.Preprocessing;
using Pellucid.Modeling.Models;
using Pellucid.Modeling.Tokenizers;
using Pellucid.Runtime;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>A model made of a few layers, and the runner it lives on.</summary>
internal sealed class SmallModel : IDisposable
{
    public SmallModel(int channels, int height, int width, Func<GraphBuilder, Value, Value> encoder)
    {
        var g = new GraphBuilder("image");
        Value embeds = encoder(g, g.Input(EncoderNames.PixelValues, TensorType.Float(TensorShape.Dynamic, channels, height, width)));
        g.Output(EncoderNames.ImageEmbeds, embeds);
        Graph graph = g.Build();
        var size = new ImageSize(height, width);
        Model = new GraphVisionLanguageModel(
            new GraphModelParts
            {
                Description = new ModelDescription("small", "test", "test", (int)embeds.Shape[1], size, channels, 8, 2f, 0, string.Empty, []),
                Tokenizer = new MissingTokenizer("small", 8, "none"),
                Fusion = new CosineFusion(2f),
                Preprocessing = new PreprocessingSpec { Name = "none", Resize = ResizeMode.None, Width = width, Height = height },
                ImageEncoder = _ => graph,
                TextEncoder = () => throw new PellucidException("a test has no text encoder"),
                ImageLayout = _ => null,
            },
            Runner);
        Pixels = Random(1, 1, channels, height, width);
    }

    public OrtGraphRunner Runner { get; } = new(new RuntimeOptions { Device = "cpu" });

    public IGraphModel Model { get; }

    public HostTensor Pixels { get; set; }

    public static HostTensor Random(int seed, params long[] shape)
    {
        var random = new Random(seed);
        float[] values = new float[shape.Aggregate(1L, (a, b) => a * b)];
        for (int i = 0; i < values.Length; i++) values[i] = (float)((random.NextDouble() * 2) - 1);
        return HostTensor.Of(values, shape);
    }

    public static MatchingScoreTarget Score(HostTensor text, ScoreKind kind) =>
        new(new TextInput(new TokenizedText("text", [], 0, [], [], Truncated: false, 0), text), kind);

    public Task<IReadOnlyList<Explanation>> ExplainAsync(IExplainer explainer, params ExplanationTarget[] targets) => explainer.ExplainAsync(
        new ExplanationRequest
        {
            Model = Model,
            Image = new ImageInput(Pixels, ImageGeometry.Identity((int)Pixels.Shape[3], (int)Pixels.Shape[2]), "image", string.Empty),
            Targets = targets,
        },
        TestContext.Current.CancellationToken);

    public async Task<float[]> ElementsAsync(IExplainer explainer, ExplanationTarget target) =>
        (await ExplainAsync(explainer, target))[0].Image!.Elements!.Floats.ToArray();

    public void Dispose() => Runner.Dispose();
}
