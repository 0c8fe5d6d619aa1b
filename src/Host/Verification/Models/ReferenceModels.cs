using System.Text.RegularExpressions;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Host.Verification.Manifests;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Host.Verification.Models;

/// <summary>Finds and loads the models that manifests name, with their inputs.</summary>
/// <param name="loader">Loads models.</param>
/// <param name="runner">Runs the graphs of ONNX models.</param>
internal sealed partial class ReferenceModels(ModelLoader loader, IGraphRunner runner)
{
    private const string InputsFile = "inputs.safetensors";
    private const string ExtraFile = "extra.safetensors";

    private readonly Dictionary<string, ReferenceModel> _models = new(StringComparer.Ordinal);

    /// <summary>Loads models.</summary>
    public ModelLoader Loader => loader;

    /// <summary>
    /// The model of a suite by path (<c>../tiny-clip</c>) or by name: where the manifest's notes say it lies, else a folder of
    /// that name in the suite's folder or beside it.
    /// </summary>
    /// <exception cref="PellucidException">It is not there, or it or its inputs cannot be loaded.</exception>
    public async Task<ReferenceModel> LoadAsync(SuiteManifest suite, string name, CancellationToken cancellationToken)
    {
        string folder = Locate(suite, name);
        if (_models.TryGetValue(suite.Path + "|" + folder, out ReferenceModel? known)) return known;
        string onnx = Path.Combine(folder, OnnxImageModel.FileName);
        ReferenceModel model = File.Exists(onnx)
            ? LoadOnnx(suite, folder, onnx)
            : await LoadFolderAsync(folder, cancellationToken);
        return _models[suite.Path + "|" + folder] = model;
    }

    private async Task<ReferenceModel> LoadFolderAsync(string folder, CancellationToken cancellationToken)
    {
        SuiteManifest? own = SuiteManifest.Read(folder);
        string path = own?.Texts("checkpoints") is [string first, ..] ? own.Resolve(first) : folder;
        Checkpoint inputs = CheckpointReader.Open(Path.Combine(folder, own?.Text("inputs") ?? InputsFile));
        IVisionLanguageModel model = await loader.LoadAsync(path, cancellationToken);
        return await ReferenceModel.OfIdsAsync(model, inputs.Read("pixel_values"), inputs.Read("input_ids"), cancellationToken);
    }

    /// <summary>Pixels are the model's own or, where it has none, those of another model of the suite; texts are the suite's extra tensors.</summary>
    private ReferenceModel LoadOnnx(SuiteManifest suite, string folder, string onnx)
    {
        Checkpoint extra = suite.Tensors(ExtraFile);
        IEnumerable<string> folders = [.. suite.Cases.Select(c => c.Model).OfType<string>().Distinct(StringComparer.Ordinal).Select(m => Locate(suite, m)), .. Noted(suite).Select(n => suite.Resolve(n.Path))];
        string inputs = folders.Prepend(suite.Folder).Prepend(folder).Select(f => Path.Combine(f, InputsFile)).FirstOrDefault(File.Exists)
            ?? throw new PellucidException($"{onnx}: there is no {InputsFile} with pixel values beside it, in {suite.Folder}, or with another model of the suite");
        HostTensor pixels = CheckpointReader.Open(inputs).Read("pixel_values");
        if (pixels.Shape.Rank != 4) throw new PellucidException($"{inputs}: pixel_values must be [N, C, H, W], not {pixels.Shape}");
        HostTensor scale = extra.Read("logit_scale_exp").ToFloat32();
        if (scale.Length != 1) throw new PellucidException($"{extra.Path}: logit_scale_exp must be one number, not {scale.Shape}");
        var size = new ImageSize((int)pixels.Shape[2], (int)pixels.Shape[3]);
        return ReferenceModel.OfEmbeddings(OnnxImageModel.Load(onnx, size, scale.Floats[0], runner), pixels, extra.Read("text_embeds_normalized"));
    }

    private static string Locate(SuiteManifest suite, string name)
    {
        string[] candidates = [.. Noted(suite).Where(n => n.Name == name).Select(n => n.Path), name, "../" + name];
        return candidates.Select(suite.Resolve).FirstOrDefault(Directory.Exists)
            ?? throw new PellucidException($"{suite.Path} names the model '{name}', which is not there: looked for {string.Join(", ", candidates.Select(suite.Resolve).Distinct(StringComparer.Ordinal))}");
    }

    private static IEnumerable<(string Name, string Path)> Noted(SuiteManifest suite) =>
        suite.Texts("notes").SelectMany(n => ModelNote().Matches(n)).Select(m => (m.Groups["name"].Value, m.Groups["path"].Value));

    [GeneratedRegex(@"\bmodel (?<name>\S+) = (?<path>[^\s;,()]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ModelNote();
}
