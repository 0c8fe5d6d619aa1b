using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Transformers;

namespace Pellucid.Plugins.Clip.Layouts;

/// <summary>Tensor names of Hugging Face's CLIPModel ("pre_layrnorm" is spelled so there).</summary>
internal static class HuggingFaceClip
{
    public const string PatchKernel = "vision_model.embeddings.patch_embedding.weight";

    public static ClipWeights Read(Checkpoint checkpoint, string folder)
    {
        string path = Path.Combine(folder, HuggingFaceClipConfig.FileName);
        if (!File.Exists(path)) throw new PellucidException($"'{checkpoint.Path}' has no OpenAI tensor names and no {HuggingFaceClipConfig.FileName} beside it: a Hugging Face CLIP folder holds both");
        HuggingFaceClipConfig config = HuggingFaceClipConfig.Read(path);
        StateDictReport.Compare(checkpoint, Expected(config)).ThrowIfUnfit($"the CLIP model of {path}");
        return new ClipWeights(
            Vision(checkpoint, config), config.Vision.Settings,
            Text(checkpoint, config), config.Text.Settings,
            checkpoint.Read("logit_scale").ToFloat32().Floats[0],
            config.EndId);
    }

    private static IEnumerable<ExpectedTensor> Expected(HuggingFaceClipConfig c)
    {
        int grid = c.Vision.ImageSize / c.Vision.PatchSize;
        const string V = "vision_model.", T = "text_model.";
        yield return new ExpectedTensor("logit_scale", TensorShape.Scalar);
        yield return ExpectedTensor.Of(V + "embeddings.class_embedding", c.Vision.Width);
        yield return ExpectedTensor.Of(PatchKernel, c.Vision.Width, c.Vision.Channels, c.Vision.PatchSize, c.Vision.PatchSize);
        yield return ExpectedTensor.Of(V + "embeddings.position_embedding.weight", (grid * grid) + 1, c.Vision.Width);
        yield return ExpectedTensor.Of("visual_projection.weight", c.ProjectionDimension, c.Vision.Width);
        yield return ExpectedTensor.Of(T + "embeddings.token_embedding.weight", c.Text.Vocabulary, c.Text.Width);
        yield return ExpectedTensor.Of(T + "embeddings.position_embedding.weight", c.Text.ContextLength, c.Text.Width);
        yield return ExpectedTensor.Of("text_projection.weight", c.ProjectionDimension, c.Text.Width);
        IEnumerable<ExpectedTensor> norms =
        [
            .. Norm(V + "pre_layrnorm", c.Vision.Width), .. Norm(V + "post_layernorm", c.Vision.Width), .. Norm(T + "final_layer_norm", c.Text.Width),
            .. Blocks(V, c.Vision), .. Blocks(T, c.Text),
        ];
        foreach (ExpectedTensor tensor in norms) yield return tensor;
    }

    private static IEnumerable<ExpectedTensor> Norm(string name, int width) =>
        [ExpectedTensor.Of(name + ".weight", width), ExpectedTensor.Of(name + ".bias", width)];

    private static IEnumerable<ExpectedTensor> Linear(string name, int outputs, int inputs) =>
        [ExpectedTensor.Of(name + ".weight", outputs, inputs), ExpectedTensor.Of(name + ".bias", outputs)];

    private static IEnumerable<ExpectedTensor> Blocks(string tower, HuggingFaceClipConfig.TowerConfig c) =>
        Enumerable.Range(0, c.Layers).Select(b => $"{tower}encoder.layers.{b}.").SelectMany(p => (IEnumerable<ExpectedTensor>)
        [
            .. Norm(p + "layer_norm1", c.Width), .. Norm(p + "layer_norm2", c.Width),
            .. Linear(p + "self_attn.q_proj", c.Width, c.Width), .. Linear(p + "self_attn.k_proj", c.Width, c.Width),
            .. Linear(p + "self_attn.v_proj", c.Width, c.Width), .. Linear(p + "self_attn.out_proj", c.Width, c.Width),
            .. Linear(p + "mlp.fc1", c.FeedForward, c.Width), .. Linear(p + "mlp.fc2", c.Width, c.FeedForward),
        ]);

    private static VisionTransformerWeights Vision(Checkpoint w, HuggingFaceClipConfig c) => new()
    {
        PatchEmbedding = new AffineWeights(w[PatchKernel], null),
        ClassEmbedding = w["vision_model.embeddings.class_embedding"],
        Positions = w["vision_model.embeddings.position_embedding.weight"],
        PreNorm = Affine(w, "vision_model.pre_layrnorm"),
        Blocks = [.. Enumerable.Range(0, c.Vision.Layers).Select(b => Block(w, $"vision_model.encoder.layers.{b}."))],
        PostNorm = Affine(w, "vision_model.post_layernorm"),
        Projection = new ProjectionWeights(w["visual_projection.weight"], OutputsFirst: true),
    };

    private static TextTransformerWeights Text(Checkpoint w, HuggingFaceClipConfig c) => new()
    {
        TokenEmbedding = w["text_model.embeddings.token_embedding.weight"],
        Positions = w["text_model.embeddings.position_embedding.weight"],
        Blocks = [.. Enumerable.Range(0, c.Text.Layers).Select(b => Block(w, $"text_model.encoder.layers.{b}."))],
        FinalNorm = Affine(w, "text_model.final_layer_norm"),
        Projection = new ProjectionWeights(w["text_projection.weight"], OutputsFirst: true),
    };

    private static BlockWeights Block(Checkpoint w, string p) => new(
        Affine(w, p + "layer_norm1"),
        Affine(w, p + "self_attn.q_proj"), Affine(w, p + "self_attn.k_proj"), Affine(w, p + "self_attn.v_proj"), Affine(w, p + "self_attn.out_proj"),
        Affine(w, p + "layer_norm2"), Affine(w, p + "mlp.fc1"), Affine(w, p + "mlp.fc2"));

    private static AffineWeights Affine(Checkpoint w, string name) => new(w[name + ".weight"], w[name + ".bias"]);
}
