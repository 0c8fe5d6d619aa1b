using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Imaging.Preprocessing;
using Pellucid.Modeling.Models;
using Pellucid.Modeling.Tokenizers;
using Pellucid.Modeling.Transformers;
using Pellucid.Plugins.Clip.Layouts;

namespace Pellucid.Plugins.Clip;

/// <summary>
/// Loads CLIP (Radford et al. 2021, "Learning transferable visual models from natural language supervision") with a ViT image
/// encoder: Hugging Face folders (config.json, model.safetensors, also sharded, or pytorch_model.bin), OpenAI's .pt files
/// (TorchScript or state dict) and open_clip folders with the same names.
/// </summary>
/// <param name="runner">Runs the model's graphs.</param>
public sealed class ClipAdapter(IGraphRunner runner) : IModelAdapter
{
    private const string PreprocessorFile = "preprocessor_config.json";

    // Besides the weights, what decides the numbers: activation, heads, end token, pre-processing.
    private static readonly string[] DecidingFiles = [HuggingFaceClipConfig.FileName, OpenAiClip.ConfigFile, PreprocessorFile];

    /// <inheritdoc/>
    public string Id => "clip";

    /// <inheritdoc/>
    public string Summary => "CLIP with a ViT image encoder: Hugging Face folders, OpenAI .pt files, open_clip folders";

    /// <inheritdoc/>
    public AdapterProbe Probe(string path)
    {
        try
        {
            if (Directory.Exists(path) && File.Exists(Path.Combine(path, HuggingFaceClipConfig.FileName)))
            {
                string? type = HuggingFaceClipConfig.ModelType(Path.Combine(path, HuggingFaceClipConfig.FileName));
                return type == "clip"
                    ? new AdapterProbe(true, "config.json of model_type clip")
                    : new AdapterProbe(false, $"config.json is of model_type {type ?? "(none)"}, not clip");
            }

            Checkpoint checkpoint = CheckpointReader.Open(path).StateDict();
            if (checkpoint.Contains(OpenAiClip.PatchKernel) && checkpoint.Contains(OpenAiClip.TokenEmbedding))
                return new AdapterProbe(true, "OpenAI's tensor names with a ViT image encoder");

            // A file is read by the configuration beside it.
            string config = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, HuggingFaceClipConfig.FileName);
            return checkpoint.Contains(HuggingFaceClip.PatchKernel) && File.Exists(config) && HuggingFaceClipConfig.ModelType(config) == "clip"
                ? new AdapterProbe(true, "Hugging Face's tensor names beside a config.json of model_type clip")
                : new AdapterProbe(false, $"no tensor {OpenAiClip.PatchKernel} and no config.json of model_type clip");
        }
        catch (PellucidException e)
        {
            return new AdapterProbe(false, e.Message);
        }
    }

    /// <inheritdoc/>
    public Task<IVisionLanguageModel> LoadAsync(ModelSource source, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Checkpoint checkpoint = FloatCache.Default().ToFloat32(CheckpointReader.Open(source.Path).StateDict());
        string folder = Directory.Exists(source.Path) ? source.Path : Path.GetDirectoryName(Path.GetFullPath(source.Path))!;
        bool openAi = checkpoint.Contains(OpenAiClip.PatchKernel);
        ClipWeights weights = openAi ? OpenAiClip.Read(checkpoint, folder) : HuggingFaceClip.Read(checkpoint, folder);
        IVisionLanguageModel model = new GraphVisionLanguageModel(Assemble(source, checkpoint, weights, folder, openAi), runner);
        return Task.FromResult(model);
    }

    private GraphModelParts Assemble(ModelSource source, Checkpoint checkpoint, ClipWeights weights, string folder, bool openAi)
    {
        VisionTransformerWeights vision = weights.Vision;
        int side = vision.NativeGrid * vision.Patch;
        int context = (int)weights.Text.Positions.Shape[0];
        float scale = MathF.Exp(weights.LogitScale);
        PreprocessingSpec preprocessing = Preprocessing(source.Path, folder, side, openAi);
        string[] files = [.. checkpoint.Files, .. DecidingFiles.Select(f => Path.Combine(folder, f)).Where(File.Exists)];
        return new GraphModelParts
        {
            Description = new ModelDescription(
                source.Id, $"CLIP ViT, patch {vision.Patch}, {vision.Blocks.Count}+{weights.Text.Blocks.Count} blocks", Id,
                (int)vision.Projection.EmbeddingDimension, new ImageSize(side, side), (int)vision.PatchEmbedding.Weight.Shape[1], context, scale,
                checkpoint.Weights.Values.Sum(w => w.Shape.ElementCount()), FileHashes.Of(files), files),
            Tokenizer = Fitting(Tokenizer(source, folder, context), weights, source),
            Fusion = new CosineFusion(scale, weights.NormFloor),
            Preprocessing = preprocessing,
            Patch = vision.Patch,
            ImageEncoder = size => VisionTransformer.Build(vision, weights.VisionSettings, size),
            TextEncoder = () => TextTransformer.Build(weights.Text, weights.TextSettings, weights.EndId),
            ImageLayout = size => VisionTransformer.Layout(vision, weights.VisionSettings, size),
            TextLayout = TextTransformer.Layout(weights.Text, weights.TextSettings),
        };
    }

    private static PreprocessingSpec Preprocessing(string path, string folder, int side, bool openAi)
    {
        string file = Path.Combine(folder, PreprocessorFile);
        if (Directory.Exists(path) && File.Exists(file)) return HuggingFacePreprocessing.Read(file);
        return openAi ? PreprocessingPresets.OpenAiClip(side) : PreprocessingPresets.HuggingFaceClip(side);
    }

    /// <summary>The features of a text are taken at its end token, so model and tokenizer must mean the same by it.</summary>
    private static ITokenizer Fitting(ITokenizer tokenizer, ClipWeights weights, ModelSource source)
    {
        if (tokenizer is MissingTokenizer) return tokenizer;
        Weight table = weights.Text.TokenEmbedding;
        string name = source.TokenizerPath ?? source.Path;
        if (tokenizer is WordPieceTokenizer) throw new PellucidException($"the tokenizer '{name}' is BERT's, the model '{source.Id}' needs CLIP's: name the model's own with --tokenizer <folder>");
        if (tokenizer.VocabularySize > table.Shape[0]) throw new PellucidException(
            $"the tokenizer '{name}' has {tokenizer.VocabularySize} token ids, the model '{source.Id}' knows {table.Shape[0]}: they do not belong together; name the model's own with --tokenizer <folder>");
        if (weights.EndId is { } end && end != tokenizer.EndId)
            throw new PellucidException($"the tokenizer '{name}' ends texts with id {tokenizer.EndId}, the configuration of the model '{source.Id}' says eos_token_id {end}: they do not belong together");
        return tokenizer;
    }

    /// <summary>The model folder's tokenizer, or the one the user names; a bare checkpoint has none, which only matters once a text comes.</summary>
    private static ITokenizer Tokenizer(ModelSource source, string folder, int context)
    {
        if (source.TokenizerPath is not null) return TokenizerLoader.FromFolder(source.TokenizerPath, context);
        bool brought = Directory.Exists(source.Path)
            && (File.Exists(Path.Combine(folder, "vocab.json")) || File.Exists(Path.Combine(folder, "tokenizer.json")));
        return brought ? TokenizerLoader.FromFolder(folder, context) : new MissingTokenizer(source.Path, context, "vocab.json with merges.txt, or bpe_simple_vocab_16e6.txt.gz");
    }
}
