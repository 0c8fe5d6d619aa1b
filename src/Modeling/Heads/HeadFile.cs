using System.Text.Json;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Heads;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Heads;

/// <summary>
/// Heads as files. .safetensors: <c>layers.N.weight</c> [out, in] and, where there is one, <c>layers.N.bias</c> [out], N from 0, with the metadata
/// <c>kind</c> (regression or classification), <c>outputs</c> (JSON list of names), <c>activations</c> (JSON list, one a layer: none, relu, gelu, tanh, sigmoid)
/// and, where known, <c>model_sha256</c>. .onnx: see <see cref="OnnxHead"/>.
/// </summary>
public static class HeadFile
{
    /// <summary>Value of the metadata <c>format</c>.</summary>
    public const string Format = "pellucid/embedding-head/1";

    /// <summary>What the names of head files end with.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".safetensors", ".onnx"];

    /// <summary>Loads a head.</summary>
    /// <exception cref="PellucidException">The file is missing or holds no head; the message says what it lacks.</exception>
    public static IEmbeddingHead Load(string path, IGraphRunner runner)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!File.Exists(path)) throw new PellucidException($"there is no head file '{path}'");
        return path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? OnnxHead.Load(path, runner) : LoadLayers(path, runner);
    }

    /// <summary>Whether a file is a .safetensors head of this format.</summary>
    public static bool IsHead(string path)
    {
        try
        {
            return string.Equals(CheckpointReader.Open(path).Metadata.GetValueOrDefault("format"), Format, StringComparison.Ordinal);
        }
        catch (PellucidException)
        {
            return false;
        }
    }

    /// <summary>Writes a head; the file appears when it is complete.</summary>
    /// <param name="path">The .safetensors file.</param>
    /// <param name="kind">What its outputs are.</param>
    /// <param name="outputs">Names of its outputs.</param>
    /// <param name="layers">Its layers.</param>
    /// <param name="modelHash">SHA-256 of the model whose embeddings it was fitted on.</param>
    /// <param name="notes">Further metadata.</param>
    /// <exception cref="PellucidException">Layers and outputs do not fit each other.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(
        string path, HeadKind kind, IReadOnlyList<string> outputs, IReadOnlyList<HeadLayer> layers, string? modelHash, IReadOnlyDictionary<string, string>? notes = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        HeadLayers.Require(Path.GetFileName(path), kind, outputs, layers);
        SortedDictionary<string, HostTensor> tensors = new(StringComparer.Ordinal);
        for (int n = 0; n < layers.Count; n++)
        {
            tensors[$"layers.{n}.weight"] = layers[n].Weight;
            if (layers[n].Bias is { } bias) tensors[$"layers.{n}.bias"] = bias;
        }

        Dictionary<string, string> metadata = new(notes ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal)
        {
            ["format"] = Format,
            ["kind"] = kind.ToString().ToLowerInvariant(),
            ["outputs"] = JsonSerializer.Serialize(outputs),
            ["activations"] = JsonSerializer.Serialize(layers.Select(l => l.Activation.ToString().ToLowerInvariant())),
        };
        if (modelHash is not null) metadata["model_sha256"] = modelHash;
        SafetensorsWriter.Write(path, tensors, metadata);
    }

    private static EmbeddingHead LoadLayers(string path, IGraphRunner runner)
    {
        Checkpoint checkpoint = CheckpointReader.Open(path);
        if (checkpoint.Format != CheckpointFormat.Safetensors) throw new PellucidException($"head '{path}' is neither .safetensors nor .onnx");
        List<HeadLayer> layers = [];
        List<HeadActivation> activations = [.. List(checkpoint, path, "activations").Select(a => Activation(path, a))];
        while (checkpoint.Contains($"layers.{layers.Count}.weight"))
        {
            int n = layers.Count;
            if (n >= activations.Count) throw new PellucidException($"head '{path}': the metadata names {activations.Count} activations, and there is a layer {n}");
            string bias = $"layers.{n}.bias";
            layers.Add(new HeadLayer(checkpoint.Read($"layers.{n}.weight").ToFloat32(), checkpoint.Contains(bias) ? checkpoint.Read(bias).ToFloat32() : null, activations[n]));
        }

        if (layers.Count != activations.Count) throw new PellucidException($"head '{path}' has no tensor layers.{layers.Count}.weight; the metadata names {activations.Count} layers");
        if (checkpoint.Weights.Keys.FirstOrDefault(k => !IsOurs(k, layers.Count)) is { } stranger)
            throw new PellucidException($"head '{path}' holds a tensor '{stranger}'; a head has layers.N.weight and layers.N.bias only");
        return EmbeddingHead.OfLayers(
            Path.GetFileName(path), KindOf(path, Text(checkpoint, path, "kind")), List(checkpoint, path, "outputs"), layers, runner, checkpoint.Metadata.GetValueOrDefault("model_sha256"));
    }

    /// <summary>The kind that a file names.</summary>
    /// <exception cref="PellucidException">It names none.</exception>
    internal static HeadKind KindOf(string path, string text) => text switch
    {
        "regression" => HeadKind.Regression,
        "classification" => HeadKind.Classification,
        _ => throw new PellucidException($"head '{path}' is of the kind '{text}'; known are regression and classification"),
    };

    private static bool IsOurs(string name, int layers) =>
        Enumerable.Range(0, layers).Any(n => string.Equals(name, $"layers.{n}.weight", StringComparison.Ordinal) || string.Equals(name, $"layers.{n}.bias", StringComparison.Ordinal));

    private static HeadActivation Activation(string path, string text) =>
        Enum.GetValues<HeadActivation>().Cast<HeadActivation?>().FirstOrDefault(a => string.Equals(a.ToString(), text, StringComparison.OrdinalIgnoreCase))
        ?? throw new PellucidException($"head '{path}' has an activation '{text}'; known are {string.Join(", ", Enum.GetNames<HeadActivation>().Select(n => n.ToLowerInvariant()))}");

    private static string Text(Checkpoint checkpoint, string path, string key) => checkpoint.Metadata.TryGetValue(key, out string? text)
        ? text
        : throw new PellucidException($"head '{path}' has no metadata '{key}'; a head has kind, outputs and activations");

    private static string[] List(Checkpoint checkpoint, string path, string key)
    {
        string text = Text(checkpoint, path, key);
        try
        {
            if (JsonSerializer.Deserialize<string[]>(text) is { } list && Array.TrueForAll(list, t => t is not null)) return list;
        }
        catch (JsonException)
        {
            // Said below, as for a list of nulls.
        }

        throw new PellucidException($"head '{path}': the metadata '{key}' is {text}, not a JSON list of texts");
    }
}
