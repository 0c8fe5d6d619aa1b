using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Configuration;
using Pellucid.Modeling.Transformers;

namespace Pellucid.Plugins.Clip.Layouts;

/// <summary>
/// Tensor names of OpenAI's own code, which open_clip shares. Every size follows from the shapes; heads are 64 channels wide.
/// </summary>
internal static class OpenAiClip
{
    public const string PatchKernel = "visual.conv1.weight";
    public const string TokenEmbedding = "token_embedding.weight";
    public const string ConfigFile = "open_clip_config.json";

    private const string ResNetStem = "visual.layer1.0.conv1.weight";
    private const int HeadWidth = 64;
    private const float Epsilon = 1e-5f;

    private static readonly string[] Counters = ["input_resolution", "context_length", "vocab_size", "*attn_mask"];

    public static ClipWeights Read(Checkpoint w, string folder)
    {
        if (w.Contains(ResNetStem))
            throw new PellucidException($"'{w.Path}' is a CLIP with a ResNet image encoder (tensor {ResNetStem}); only those with a ViT image encoder can be loaded");
        if (w.TryGet(PatchKernel, out Weight? kernel) && kernel.Shape.Rank != 4)
            throw new PellucidException($"'{w.Path}': {PatchKernel} has shape {kernel.Shape}, a patch kernel has four dimensions");
        Sizes sizes = Sizes.Of(w);
        StateDictReport.Compare(w, Expected(sizes), Counters).ThrowIfUnfit(
            $"a CLIP ViT of {sizes.VisionLayers}+{sizes.TextLayers} blocks, widths {sizes.VisionWidth} and {sizes.TextWidth}");
        bool openClip = IsOpenClip(folder, out Activation activation);
        return new ClipWeights(
            Vision(w, sizes), new TransformerSettings(sizes.VisionWidth / HeadWidth, activation, Epsilon),
            Text(w, sizes), new TransformerSettings(sizes.TextWidth / HeadWidth, activation, Epsilon),
            w.Read("logit_scale").ToFloat32().Floats[0], EndId: null, openClip ? 1e-12f : 0f);
    }

    /// <summary>open_clip's models use GELU unless their configuration says quick_gelu; OpenAI's weights always use QuickGELU.</summary>
    private static bool IsOpenClip(string folder, out Activation activation)
    {
        activation = Activation.QuickGelu;
        string path = Path.Combine(folder, ConfigFile);
        if (!File.Exists(path)) return false;
        using var file = ConfigurationFile.Open(path);
        if (file.Root.Part("model_cfg").Flag("quick_gelu") != true) activation = Activation.Gelu;
        return true;
    }

    private static IEnumerable<ExpectedTensor> Expected(Sizes s)
    {
        yield return new ExpectedTensor("logit_scale", TensorShape.Scalar);
        yield return ExpectedTensor.Of("visual.class_embedding", s.VisionWidth);
        yield return ExpectedTensor.Of("visual.positional_embedding", s.Positions, s.VisionWidth);
        yield return ExpectedTensor.Of(PatchKernel, s.VisionWidth, s.Channels, s.Patch, s.Patch);
        yield return ExpectedTensor.Of("visual.proj", s.VisionWidth, s.Embedding);
        yield return ExpectedTensor.Of(TokenEmbedding, s.Vocabulary, s.TextWidth);
        yield return ExpectedTensor.Of("positional_embedding", s.Context, s.TextWidth);
        yield return ExpectedTensor.Of("text_projection", s.TextWidth, s.Embedding);
        IEnumerable<ExpectedTensor> rest =
        [
            .. ExpectedTensor.Norm("visual.ln_pre", s.VisionWidth), .. ExpectedTensor.Norm("visual.ln_post", s.VisionWidth), .. ExpectedTensor.Norm("ln_final", s.TextWidth),
            .. Blocks("visual.transformer", s.VisionLayers, s.VisionWidth), .. Blocks("transformer", s.TextLayers, s.TextWidth),
        ];
        foreach (ExpectedTensor tensor in rest) yield return tensor;
    }

    private static IEnumerable<ExpectedTensor> Blocks(string tower, int layers, int d) =>
        Enumerable.Range(0, layers).Select(b => $"{tower}.resblocks.{b}.").SelectMany(p => (IEnumerable<ExpectedTensor>)
        [
            .. ExpectedTensor.Norm(p + "ln_1", d), .. ExpectedTensor.Norm(p + "ln_2", d),
            ExpectedTensor.Of(p + "attn.in_proj_weight", 3 * d, d), ExpectedTensor.Of(p + "attn.in_proj_bias", 3 * d),
            .. ExpectedTensor.Linear(p + "attn.out_proj", d, d),
            .. ExpectedTensor.Linear(p + "mlp.c_fc", 4 * d, d),
            .. ExpectedTensor.Linear(p + "mlp.c_proj", d, 4 * d),
        ]);

    private static VisionTransformerWeights Vision(Checkpoint w, Sizes s) => new()
    {
        PatchEmbedding = new AffineWeights(w[PatchKernel], null),
        ClassEmbedding = w["visual.class_embedding"],
        Positions = w["visual.positional_embedding"],
        PreNorm = AffineWeights.Of(w, "visual.ln_pre"),
        Blocks = [.. Enumerable.Range(0, s.VisionLayers).Select(b => Block(w, $"visual.transformer.resblocks.{b}.", s.VisionWidth))],
        PostNorm = AffineWeights.Of(w, "visual.ln_post"),
        Projection = new ProjectionWeights(w["visual.proj"], OutputsFirst: false),
    };

    private static TextTransformerWeights Text(Checkpoint w, Sizes s) => new()
    {
        TokenEmbedding = w[TokenEmbedding],
        Positions = w["positional_embedding"],
        Blocks = [.. Enumerable.Range(0, s.TextLayers).Select(b => Block(w, $"transformer.resblocks.{b}.", s.TextWidth))],
        FinalNorm = AffineWeights.Of(w, "ln_final"),
        Projection = new ProjectionWeights(w["text_projection"], OutputsFirst: false),
    };

    private static BlockWeights Block(Checkpoint w, string p, int d)
    {
        Weight stack = w[p + "attn.in_proj_weight"], bias = w[p + "attn.in_proj_bias"];
        return new BlockWeights(
            AffineWeights.Of(w, p + "ln_1"),
            Part(stack, bias, 0, d), Part(stack, bias, 1, d), Part(stack, bias, 2, d),
            AffineWeights.Of(w, p + "attn.out_proj"), AffineWeights.Of(w, p + "ln_2"), AffineWeights.Of(w, p + "mlp.c_fc"), AffineWeights.Of(w, p + "mlp.c_proj"));
    }

    /// <summary>One of the stacked query, key and value projections: the same file, other rows.</summary>
    private static AffineWeights Part(Weight stack, Weight bias, int index, int d) => new(Rows(stack, index * d, d), Rows(bias, index * d, d));

    private static Weight Rows(Weight weight, int start, int count) =>
        weight is FileWeight file ? file.Rows(start, count) : new InlineWeight(weight.Read().Rows(start, count));

    private sealed record Sizes(
        int VisionWidth, int VisionLayers, int Channels, int Patch, int Positions, int TextWidth, int TextLayers, int Vocabulary, int Context, int Embedding)
    {
        public static Sizes Of(Checkpoint w)
        {
            int Dimension(string name, int axis) => w.TryGet(name, out Weight? weight) && weight.Shape.Rank > axis
                ? (int)weight.Shape[axis]
                : throw new PellucidException($"'{w.Path}' is no CLIP ViT checkpoint: tensor {name} is missing or has too few dimensions");

            int Layers(string tower) => w.Weights.Keys.Count(n => n.StartsWith(tower + ".resblocks.", StringComparison.Ordinal) && n.EndsWith(".attn.in_proj_weight", StringComparison.Ordinal));

            return new Sizes(
                Dimension(PatchKernel, 0), Layers("visual.transformer"), Dimension(PatchKernel, 1), Dimension(PatchKernel, 3),
                Dimension("visual.positional_embedding", 0), Dimension(TokenEmbedding, 1), Layers("transformer"),
                Dimension(TokenEmbedding, 0), Dimension("positional_embedding", 0), Dimension("text_projection", 1));
        }
    }
}
