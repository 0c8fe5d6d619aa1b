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
            .. ExpectedTensor.Norm(V + "pre_layrnorm", c.Vision.Width), .. ExpectedTensor.Norm(V + "post_layernorm", c.Vision.Width), .. ExpectedTensor.Norm(T + "final_layer_norm", c.Text.Width),
            .. Blocks(V, c.Vision), .. Blocks(T, c.Text),
        ];
        foreach (ExpectedTensor tensor in norms) yield return tensor;
    }

    private static IEnumerable<ExpectedTensor> Blocks(string tower, HuggingFaceClipConfig.TowerConfig c) =>
        Enumerable.Range(0, c.Layers).Select(b => $"{tower}encoder.layers.{b}.").SelectMany(p => (IEnumerable<ExpectedTensor>)
        [
            .. ExpectedTensor.Norm(p + "layer_norm1", c.Width), .. ExpectedTensor.Norm(p + "layer_norm2", c.Width),
            .. ExpectedTensor.Linear(p + "self_attn.q_proj", c.Width, c.Width), .. ExpectedTensor.Linear(p + "self_attn.k_proj", c.Width, c.Width),
            .. ExpectedTensor.Linear(p + "self_attn.v_proj", c.Width, c.Width), .. ExpectedTensor.Linear(p + "self_attn.out_proj", c.Width, c.Width),
            .. ExpectedTensor.Linear(p + "mlp.fc1", c.FeedForward, c.Width), .. ExpectedTensor.Linear(p + "mlp.fc2", c.Width, c.FeedForward),
        ]);

    private static VisionTransformerWeights Vision(Checkpoint w, HuggingFaceClipConfig c) => new()
    {
        PatchEmbedding = new AffineWeights(w[PatchKernel], null),
        ClassEmbedding = w["vision_model.embeddings.class_embedding"],
        Positions = w["vision_model.embeddings.position_embedding.weight"],
        PreNorm = AffineWeights.Of(w, "vision_model.pre_layrnorm"),
        Blocks = [.. Enumerable.Range(0, c.Vision.Layers).Select(b => Block(w, $"vision_model.encoder.layers.{b}."))],
        PostNorm = AffineWeights.Of(w, "vision_model.post_layernorm"),
        Projection = new ProjectionWeights(w["visual_projection.weight"], OutputsFirst: true),
    };

    private static TextTransformerWeights Text(Checkpoint w, HuggingFaceClipConfig c) => new()
    {
        TokenEmbedding = w["text_model.embeddings.token_embedding.weight"],
        Positions = w["text_model.embeddings.position_embedding.weight"],
        Blocks = [.. Enumerable.Range(0, c.Text.Layers).Select(b => Block(w, $"text_model.encoder.layers.{b}."))],
        FinalNorm = AffineWeights.Of(w, "text_model.final_layer_norm"),
        Projection = new ProjectionWeights(w["text_projection.weight"], OutputsFirst: true),
    };

    private static BlockWeights Block(Checkpoint w, string p) => new(
        AffineWeights.Of(w, p + "layer_norm1"),
        AffineWeights.Of(w, p + "self_attn.q_proj"), AffineWeights.Of(w, p + "self_attn.k_proj"), AffineWeights.Of(w, p + "self_attn.v_proj"), AffineWeights.Of(w, p + "self_attn.out_proj"),
        AffineWeights.Of(w, p + "layer_norm2"), AffineWeights.Of(w, p + "mlp.fc1"), AffineWeights.Of(w, p + "mlp.fc2"));
}
