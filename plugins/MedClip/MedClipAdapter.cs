using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Texts;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Imaging.Preprocessing;
using Pellucid.Modeling.Models;
using Pellucid.Modeling.Tokenizers;
using Pellucid.Modeling.Transformers;
using Pellucid.Plugins.MedClip.Layouts;

namespace Pellucid.Plugins.MedClip;

/// <summary>
/// Loads MedCLIP (Wang et al. 2022, "MedCLIP: contrastive learning from unpaired medical images and text") with either image encoder:
/// the folder of MedCLIP's own pytorch_model.bin, or the same tensors as .safetensors. The tokenizer is that of Bio_ClinicalBERT,
/// which lower-cases; texts go to the model unpadded (<see cref="UnpaddedTokenizer"/>).
/// </summary>
/// <param name="runner">Runs the model's graphs.</param>
public sealed class MedClipAdapter(IGraphRunner runner) : IModelAdapter
{
    private const string PreprocessorFile = "preprocessor_config.json";
    private const int LongestText = 77;
    private const float LargestLogitScale = 4.6052f;

    /// <inheritdoc/>
    public string Id => "medclip";

    /// <inheritdoc/>
    public string Summary => "MedCLIP with a Swin or ResNet image encoder: folders of pytorch_model.bin or .safetensors";

    /// <inheritdoc/>
    public AdapterProbe Probe(string path)
    {
        try
        {
            Checkpoint checkpoint = CheckpointReader.Open(path).StateDict();
            if (!checkpoint.Contains(MedClipTensors.TextProjection)) return new AdapterProbe(false, $"no tensor {MedClipTensors.TextProjection}");
            if (checkpoint.Contains(SwinTensors.Kernel)) return new AdapterProbe(true, "MedCLIP's tensor names with a Swin image encoder");
            return checkpoint.Contains(ResNetTensors.Kernel)
                ? new AdapterProbe(true, "MedCLIP's tensor names with a ResNet image encoder")
                : new AdapterProbe(false, $"neither tensor {SwinTensors.Kernel} nor {ResNetTensors.Kernel}");
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
        MedClipConfig config = MedClipConfig.Read(folder, BertTensors.Width(checkpoint));
        MedClipVision vision = MedClipVision.Read(checkpoint, config);
        int layers = BertTensors.Layers(checkpoint);
        IEnumerable<ExpectedTensor> expected =
            [new ExpectedTensor(MedClipTensors.LogitScale, TensorShape.Scalar), .. vision.Expected, .. BertTensors.Expected(checkpoint)];
        StateDictReport.Compare(checkpoint, expected, [MedClipTensors.Pooler]).ThrowIfUnfit($"MedCLIP with a {vision.Family} and BERT of {layers} layers");
        if (layers < 2) throw new PellucidException($"'{checkpoint.Path}': MedCLIP averages the first, the second and the last layer of its text encoder; this one has {layers}");
        GraphModelParts parts = Assemble(source, checkpoint, folder, config, vision);
        return Task.FromResult<IVisionLanguageModel>(new GraphVisionLanguageModel(parts, runner));
    }

    private static GraphModelParts Assemble(ModelSource source, Checkpoint checkpoint, string folder, MedClipConfig config, MedClipVision vision)
    {
        BertWeights bert = BertTensors.Read(checkpoint);
        var textProjection = new ProjectionWeights(checkpoint[MedClipTensors.TextProjection], OutputsFirst: true);
        if (textProjection.EmbeddingDimension != vision.Projection.EmbeddingDimension)
            throw new PellucidException($"'{checkpoint.Path}': image embeddings have {vision.Projection.EmbeddingDimension} dimensions, text embeddings {textProjection.EmbeddingDimension}");
        int context = Math.Min(LongestText, (int)bert.Positions.Shape[0]);
        float scale = MathF.Exp(Math.Clamp(checkpoint.Read(MedClipTensors.LogitScale).ToFloat32().Floats[0], 0, LargestLogitScale));
        string preprocessor = Path.Combine(folder, PreprocessorFile);
        PreprocessingSpec preprocessing = (File.Exists(preprocessor) ? HuggingFacePreprocessing.Read(preprocessor) : PreprocessingPresets.MedClip(config.ImageSize))
            with { RepeatGray = MedClipImageEncoder.Channels };
        if (preprocessing.Color != ColorTarget.Gray) throw new PellucidException($"{preprocessor} makes color images; MedCLIP takes one grey channel");
        var size = new ImageSize(preprocessing.FixedHeight ?? config.ImageSize, preprocessing.FixedWidth ?? config.ImageSize);
        string[] files = [.. checkpoint.Files, .. new[] { MedClipConfig.FileName, PreprocessorFile }.Select(f => Path.Combine(folder, f)).Where(File.Exists)];
        return new GraphModelParts
        {
            Description = new ModelDescription(
                source.Id, $"MedCLIP {vision.Family}, BERT of {bert.Layers.Count} layers", "medclip", (int)textProjection.EmbeddingDimension, size,
                MedClipImageEncoder.Channels, context, scale, checkpoint.Weights.Values.Sum(w => w.Shape.ElementCount()), FileHashes.Of(files), files),
            Tokenizer = Tokenizer(source, folder, context, bert.Words.Shape[0]),
            Fusion = new CosineFusion(scale),
            Preprocessing = preprocessing,
            Patch = vision.Step,
            ImageEncoder = vision.Build,
            TextEncoder = () => MedClipTextEncoder.Build(bert, config.Text, textProjection, config.PadId, context),
            TextEncoderOfLength = length => MedClipTextEncoder.Build(bert, config.Text, textProjection, config.PadId, length),
            ImageLayout = _ => null,
        };
    }

    /// <summary>The model folder's tokenizer, or the one the user names; MedCLIP's own files bring none, which only matters once a text comes.</summary>
    private static ITokenizer Tokenizer(ModelSource source, string folder, int context, long known)
    {
        const string Vocabulary = "vocab.txt";
        string? place = source.TokenizerPath ?? (Directory.Exists(source.Path) && File.Exists(Path.Combine(folder, Vocabulary)) ? folder : null);
        if (place is null) return new MissingTokenizer(source.Path, context, $"{Vocabulary} of Bio_ClinicalBERT");
        if (TokenizerLoader.FromFolder(place, context) is not WordPieceTokenizer words)
            throw new PellucidException($"the tokenizer in '{place}' is no WordPiece tokenizer; MedCLIP reads texts with that of Bio_ClinicalBERT ({Vocabulary})");
        if (words.VocabularySize > known)
            throw new PellucidException($"the tokenizer '{place}' has {words.VocabularySize} token ids, the model '{source.Id}' knows {known}: they do not belong together; name the model's own with --tokenizer <folder>");
        return new UnpaddedTokenizer(words);
    }
}
