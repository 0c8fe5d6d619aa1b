using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;
using Pellucid.Modeling.Imaging.Preprocessing;
using Pellucid.Modeling.Models;
using Pellucid.Modeling.Tokenizers;
using Pellucid.Runtime;

namespace Pellucid.Plugins.CaptumStyle.Tests;

/// <summary>A model with a convolutional image encoder of seeded weights, 12 x 12 pixels, embeddings of 4, no text encoder.</summary>
internal sealed class SmallConvNet : IDisposable
{
    public const int Side = 12, Embedding = 4;

    private const int Channels = 6;

    /// <param name="activation">What follows each convolution.</param>
    /// <param name="pool">Side of the max pool's windows, two apart; 0 for none.</param>
    /// <param name="gated">Whether the last feature map is multiplied by its own sigmoid.</param>
    public SmallConvNet(string activation = "Relu", int pool = 0, bool gated = false)
    {
        Runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu" });
        Model = new GraphVisionLanguageModel(
            new GraphModelParts
            {
                Description = new ModelDescription("small", "convolutional", "test", Embedding, new ImageSize(Side, Side), 3, 8, 1, 0, "none", []),
                Tokenizer = new MissingTokenizer("small", 8, "a vocabulary"),
                Fusion = new CosineFusion(1),
                Preprocessing = PreprocessingPresets.OpenAiClip(Side),
                ImageEncoder = _ => Encoder(activation, pool, gated),
                TextEncoder = () => throw new InvalidOperationException("this model has no text encoder"),
                ImageLayout = _ => null,
            },
            Runner);
    }

    public OrtGraphRunner Runner { get; }

    public GraphVisionLanguageModel Model { get; }

    /// <summary>A request about a seeded image and all dimensions of its embedding.</summary>
    public ExplanationRequest Request(params int[] dimensions) => new()
    {
        Model = Model,
        Image = Model.Prepare(Picture(0)),
        Targets = [.. (dimensions.Length == 0 ? [.. Enumerable.Range(0, Embedding)] : dimensions).Select(d => new EmbeddingDimensionTarget(d))],
        Seed = 11,
    };

    /// <summary>Another seeded image.</summary>
    public static DecodedImage Picture(int seed) =>
        new(Side, Side, PixelMode.Rgb, Enumerable.Range(0, Side * Side * 3).Select(i => (byte)((i + seed) * 7919 % 251)).ToArray());

    public void Dispose() => Runner.Dispose();

    private static Graph Encoder(string activation, int pool, bool gated)
    {
        var random = new SeededRandom(3);
        var g = new GraphBuilder("small");
        Value x = g.Input(EncoderNames.PixelValues, TensorType.Float(TensorShape.Dynamic, 3, Side, Side));
        x = Convolution(g, random, "conv1", x, 3);
        x = g.Emit(activation, [x]);
        if (pool > 0) x = g.Emit("MaxPool", [x], NodeAttributes.Of(("kernel_shape", new long[] { pool, pool }), ("strides", new long[] { 2, 2 }), ("pads", pool == 2 ? new long[4] : [1, 1, 1, 1])));
        x = Convolution(g, random, "conv2", x, Channels);
        x = g.Emit(activation, [x]);
        if (gated) x = g.Mul(x, g.Sigmoid(x));
        g.Tap("behind", x);
        x = g.Reshape(g.Emit("GlobalAveragePool", [x]), -1, Channels);
        g.Output(EncoderNames.ImageEmbeds, g.MatMul(x, g.Weight("projection", Random(random, 1, Channels, Embedding))));
        return g.Build();
    }

    private static Value Convolution(GraphBuilder g, SeededRandom random, string name, Value x, int inputs) => g.Emit(
        "Conv",
        [x, g.Weight(name + ".weight", Random(random, 0.5, Channels, inputs, 3, 3)), g.Weight(name + ".bias", Random(random, 0.5, Channels))],
        NodeAttributes.Of(("kernel_shape", new long[] { 3, 3 }), ("pads", new long[] { 1, 1, 1, 1 })));

    private static InlineWeight Random(SeededRandom random, double width, params long[] shape)
    {
        HostTensor tensor = HostTensor.Zeros(ElementType.Float32, new TensorShape(shape));
        foreach (ref float v in tensor.Floats) v = (float)(width * random.NextNormal());
        return new InlineWeight(tensor);
    }
}
