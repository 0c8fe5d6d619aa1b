using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Transformers;

namespace Pellucid.Modeling.Tests.Models;

/// <summary>An image encoder of two blocks with weights from a seed: 8 x 8 pixels, 4 patches, 16 channels, embeddings of 6.</summary>
internal static class SmallVisionTransformer
{
    public const int Side = 8, Embedding = 6;

    private const int Width = 16, Patch = 4;

    public static Graph Build()
    {
        var random = new Random(3);
        AffineWeights Norm() => new(new InlineWeight(Random(random, 0.1f, 1, Width)), new InlineWeight(Random(random, 0.1f, 0, Width)));
        AffineWeights Linear(int outputs, int inputs) => new(
            new InlineWeight(Random(random, 2 / MathF.Sqrt(inputs), 0, outputs, inputs)), new InlineWeight(Random(random, 0.1f, 0, outputs)));
        BlockWeights Block() => new(
            Norm(), Linear(Width, Width), Linear(Width, Width), Linear(Width, Width), Linear(Width, Width),
            Norm(), Linear(4 * Width, Width), Linear(Width, 4 * Width));
        var weights = new VisionTransformerWeights
        {
            PatchEmbedding = new AffineWeights(new InlineWeight(Random(random, 0.3f, 0, Width, 3, Patch, Patch)), null),
            ClassEmbedding = new InlineWeight(Random(random, 1, 0, Width)),
            Positions = new InlineWeight(Random(random, 1, 0, 5, Width)),
            PreNorm = Norm(),
            Blocks = [Block(), Block()],
            PostNorm = Norm(),
            Projection = new ProjectionWeights(new InlineWeight(Random(random, 1, 0, Embedding, Width)), OutputsFirst: true),
        };
        return VisionTransformer.Build(weights, new TransformerSettings(2, Activation.QuickGelu, 1e-5f), new ImageSize(Side, Side));
    }

    public static HostTensor Pixels(int images) => Random(new Random(5), 1, 0, images, 3, Side, Side);

    /// <summary>Uniform in mean +- width.</summary>
    public static HostTensor Random(Random random, float width, float mean, params ReadOnlySpan<long> shape)
    {
        HostTensor tensor = HostTensor.Zeros(ElementType.Float32, new TensorShape(shape));
        foreach (ref float v in tensor.Floats) v = mean + (width * ((2 * random.NextSingle()) - 1));
        return tensor;
    }
}
