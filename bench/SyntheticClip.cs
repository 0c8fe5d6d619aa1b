using System.Runtime.InteropServices;
using System.Text.Json;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Bench;

/// <summary>
/// A CLIP of the size of ViT-B/16 as a Hugging Face folder: 150 million weights, seeded, of a scale at which attention is neither
/// flat nor one-hot and the residual stream keeps its size.
/// </summary>
internal static class SyntheticClip
{
    public const int ImageSide = 224, Context = 77, Vocabulary = 49408, EmbeddingWidth = 512, Blocks = 12;

    private const int Patch = 16, VisionWidth = 768, VisionHeads = 12, TextWidth = 512, TextHeads = 8;

    public static string Folder => Path.Combine(Repository.Cache, "clip-vit-b16-seed1");

    public static string WeightFile => Path.Combine(Folder, "model.safetensors");

    /// <summary>Bytes of all weights.</summary>
    public static long Bytes => new FileInfo(WeightFile).Length;

    /// <summary>Makes the folder unless it is there.</summary>
    public static void Ensure()
    {
        if (File.Exists(WeightFile)) return;
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, "config.json"), Config());

        // Last: the weight file appears under its name when it is complete, so its presence says that all is there.
        var tensors = Tensors().Select((t, i) => new SafetensorsWriter.Part(
            t.Name, new TensorType(ElementType.Float32, new TensorShape(t.Shape)), stream => Write(t, (ulong)i + 1, stream)));
        SafetensorsWriter.WriteParts(WeightFile, tensors, metadata: null);
    }

    private static string Config() => JsonSerializer.Serialize(new
    {
        architectures = new[] { "CLIPModel" },
        model_type = "clip",
        projection_dim = EmbeddingWidth,
        vision_config = new
        {
            hidden_size = VisionWidth,
            intermediate_size = 4 * VisionWidth,
            num_hidden_layers = Blocks,
            num_attention_heads = VisionHeads,
            image_size = ImageSide,
            patch_size = Patch,
            num_channels = 3,
            hidden_act = "quick_gelu",
            layer_norm_eps = 1e-5,
        },
        text_config = new
        {
            hidden_size = TextWidth,
            intermediate_size = 4 * TextWidth,
            num_hidden_layers = Blocks,
            num_attention_heads = TextHeads,
            vocab_size = Vocabulary,
            max_position_embeddings = Context,
            hidden_act = "quick_gelu",
            layer_norm_eps = 1e-5,
            eos_token_id = Vocabulary - 1,
        },
    });

    private static IEnumerable<RandomTensor> Tensors()
    {
        const string V = "vision_model.", T = "text_model.";
        const int Positions = (ImageSide / Patch * (ImageSide / Patch)) + 1;
        yield return new RandomTensor("logit_scale", MathF.Log(100), 0);
        yield return new RandomTensor(V + "embeddings.class_embedding", 0, 0.5f, VisionWidth);
        yield return new RandomTensor(V + "embeddings.patch_embedding.weight", 0, 0.02f, VisionWidth, 3, Patch, Patch);
        yield return new RandomTensor(V + "embeddings.position_embedding.weight", 0, 0.5f, Positions, VisionWidth);
        yield return Linear("visual_projection", EmbeddingWidth, VisionWidth);
        yield return new RandomTensor(T + "embeddings.token_embedding.weight", 0, 0.5f, Vocabulary, TextWidth);
        yield return new RandomTensor(T + "embeddings.position_embedding.weight", 0, 0.2f, Context, TextWidth);
        yield return Linear("text_projection", EmbeddingWidth, TextWidth);
        foreach (RandomTensor norm in Norm(V + "pre_layrnorm", VisionWidth).Concat(Norm(V + "post_layernorm", VisionWidth)).Concat(Norm(T + "final_layer_norm", TextWidth))) yield return norm;
        foreach (RandomTensor tensor in Tower(V, VisionWidth).Concat(Tower(T, TextWidth))) yield return tensor;
    }

    private static IEnumerable<RandomTensor> Tower(string prefix, int width)
    {
        // The sum of 2 L branches must stay of the size of the stream that they are added to.
        float branch = 1 / MathF.Sqrt(2 * Blocks);
        for (int b = 0; b < Blocks; b++)
        {
            string p = $"{prefix}encoder.layers.{b}.";
            foreach (RandomTensor norm in Norm(p + "layer_norm1", width).Concat(Norm(p + "layer_norm2", width))) yield return norm;
            foreach (string name in new[] { "q_proj", "k_proj", "v_proj" })
            {
                yield return Linear($"{p}self_attn.{name}", width, width);
                yield return Bias($"{p}self_attn.{name}", width);
            }

            yield return Linear(p + "self_attn.out_proj", width, width, branch);
            yield return Bias(p + "self_attn.out_proj", width);
            yield return Linear(p + "mlp.fc1", 4 * width, width);
            yield return Bias(p + "mlp.fc1", 4 * width);
            yield return Linear(p + "mlp.fc2", width, 4 * width, branch);
            yield return Bias(p + "mlp.fc2", width);
        }
    }

    private static IEnumerable<RandomTensor> Norm(string name, int width) =>
        [new RandomTensor(name + ".weight", 1, 0.05f, width), new RandomTensor(name + ".bias", 0, 0.05f, width)];

    private static RandomTensor Linear(string name, int outputs, int inputs, float scale = 1) =>
        new(name + ".weight", 0, scale / MathF.Sqrt(inputs), outputs, inputs);

    private static RandomTensor Bias(string name, int width) => new(name + ".bias", 0, 0.02f, width);

    private static void Write(RandomTensor tensor, ulong seed, Stream stream)
    {
        var numbers = new Seeded(seed);
        float[] chunk = new float[1 << 16];
        for (long left = new TensorShape(tensor.Shape).ElementCount(); left > 0; left -= chunk.Length)
        {
            Span<float> part = chunk.AsSpan(0, (int)Math.Min(left, chunk.Length));
            numbers.Fill(part, tensor.Mean, tensor.Deviation);
            stream.Write(MemoryMarshal.AsBytes(part));
        }
    }

    private sealed record RandomTensor(string Name, float Mean, float Deviation, params long[] Shape);
}
