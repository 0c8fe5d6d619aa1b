using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Convolutional;
using static Pellucid.Plugins.MedClip.Layouts.MedClipTensors;

namespace Pellucid.Plugins.MedClip.Layouts;

/// <summary>The convolutional image encoder: torchvision's ResNet with bottleneck blocks, whose <c>fc</c> is the projection.</summary>
internal static class ResNetTensors
{
    public const string Kernel = Vision + "conv1.weight";
    public const string Projection = Vision + "fc.weight";

    private const int Expansion = 4;

    public static IEnumerable<ExpectedTensor> Expected(Checkpoint w)
    {
        int width = Dimension(w, Kernel, 0), input = width;
        List<ExpectedTensor> all = [.. ConvNorm(Vision + "conv1", Vision + "bn1", width, Dimension(w, Kernel, 1), 7)];
        for (int l = 0; l < Layers(w); l++)
        {
            for (int b = 0; b < Blocks(w, l); b++)
            {
                string p = Block(l, b);
                int inner = width << l, output = inner * Expansion;
                all.AddRange(ConvNorm(p + "conv1", p + "bn1", inner, input, 1));
                all.AddRange(ConvNorm(p + "conv2", p + "bn2", inner, inner, 3));
                all.AddRange(ConvNorm(p + "conv3", p + "bn3", output, inner, 1));
                if (b == 0) all.AddRange(ConvNorm(p + "downsample.0", p + "downsample.1", output, input, 1));
                input = output;
            }
        }

        all.Add(ExpectedTensor.Of(Projection, Dimension(w, Projection, 0), input));
        return all;
    }

    /// <summary>Blocks of each layer.</summary>
    public static IEnumerable<int> Blocks(Checkpoint w) => Enumerable.Range(0, Layers(w)).Select(l => Blocks(w, l));

    public static ResNetWeights Read(Checkpoint w)
    {
        ConvNormWeights stem = ReadConvNorm(w, Vision + "conv1", Vision + "bn1");
        return new ResNetWeights(
            stem with { Kernel = GrayKernel(stem.Kernel) },
            [.. Enumerable.Range(0, Layers(w)).Select(l => (IReadOnlyList<BottleneckWeights>)[.. Enumerable.Range(0, Blocks(w, l)).Select(b => ReadBlock(w, Block(l, b)))])]);
    }

    private static BottleneckWeights ReadBlock(Checkpoint w, string p) => new(
        ReadConvNorm(w, p + "conv1", p + "bn1"), ReadConvNorm(w, p + "conv2", p + "bn2"), ReadConvNorm(w, p + "conv3", p + "bn3"),
        w.Contains(p + "downsample.0.weight") ? ReadConvNorm(w, p + "downsample.0", p + "downsample.1") : null);

    private static string Block(int layer, int block) => $"{Vision}layer{layer + 1}.{block}.";

    private static int Layers(Checkpoint w) => Count(w, l => Block(l, 0) + "conv1.weight");

    private static int Blocks(Checkpoint w, int layer) => Count(w, b => Block(layer, b) + "conv1.weight");

    private static IEnumerable<ExpectedTensor> ConvNorm(string conv, string norm, int outputs, int inputs, int kernel) =>
    [
        ExpectedTensor.Of(conv + ".weight", outputs, inputs, kernel, kernel), .. ExpectedTensor.Norm(norm, outputs),
        ExpectedTensor.Of(norm + ".running_mean", outputs), ExpectedTensor.Of(norm + ".running_var", outputs),
    ];

    private static ConvNormWeights ReadConvNorm(Checkpoint w, string conv, string norm) =>
        new(w[conv + ".weight"], w[norm + ".weight"], w[norm + ".bias"], w[norm + ".running_mean"], w[norm + ".running_var"]);
}
