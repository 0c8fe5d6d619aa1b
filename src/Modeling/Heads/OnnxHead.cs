using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Heads;
using Pellucid.Graphs;
using Pellucid.Graphs.Onnx;
using Pellucid.Modeling.Checkpoints;

namespace Pellucid.Modeling.Heads;

/// <summary>
/// Heads from ONNX: one float32 input [B, E] with an open batch, one output [B, outputs]. A file of the same name with .json says what the outputs are:
/// <c>{"kind": "regression" or "classification", "outputs": ["name", ...], "model_sha256": "..."}</c>, of which outputs and model_sha256 may be missing (outputs are then numbered).
/// </summary>
internal static class OnnxHead
{
    public static EmbeddingHead Load(string path, IGraphRunner runner)
    {
        Graph graph = Untapped(OnnxImport.Load(path));
        if (graph.Inputs is not [{ Type: { Element: ElementType.Float32, Shape: { Rank: 2 } input } }] || input[0] != TensorShape.Dynamic || input[1] == TensorShape.Dynamic)
            throw new PellucidException($"head '{path}' takes {string.Join(", ", graph.Inputs.Select(i => $"{i.Name} {i.Type}"))}; needed is one float32 input [batch, E] with an open batch");
        if (graph.Outputs.Length != 1 || graph.Types[graph.Outputs[0].Value] is not { Element: ElementType.Float32, Shape: { Rank: 2 } output } || output[1] == TensorShape.Dynamic)
            throw new PellucidException($"head '{path}' gives {string.Join(", ", graph.Outputs.Select(o => $"{o.Name} {graph.Types[o.Value]}"))}; needed is one float32 output [batch, outputs]");
        string side = Path.ChangeExtension(path, ".json");
        (HeadKind kind, IReadOnlyList<string>? names, string? model) = ReadSide(path, side);
        names ??= [.. Enumerable.Range(0, (int)output[1]).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        string name = Path.GetFileName(path);
        HeadLayers.RequireOutputs(name, kind, names, output[1]);
        return new EmbeddingHead(name, kind, names, graph, Hash(graph, [path, side]), model, linear: null, runner);
    }

    /// <summary>The hash of the files and of the weights themselves, which may lie in other files.</summary>
    private static string Hash(Graph graph, IReadOnlyList<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(FileHashes.Of(files)));
        foreach ((string name, Weight weight) in graph.Weights.OrderBy(w => w.Key, StringComparer.Ordinal))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{name}\n"));
            hash.AppendData(weight.Read().Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static (HeadKind Kind, IReadOnlyList<string>? Names, string? Model) ReadSide(string path, string side)
    {
        if (!File.Exists(side)) throw new PellucidException($"head '{path}' needs a file '{side}' that says what its outputs are: {{\"kind\": \"regression\"}} or {{\"kind\": \"classification\", \"outputs\": [\"name\", ...]}}");
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(side));
            JsonElement root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("kind", out JsonElement kind) || kind.ValueKind != JsonValueKind.String)
                throw new PellucidException($"'{side}' has no kind: {{\"kind\": \"regression\"}} or {{\"kind\": \"classification\"}}");
            string[]? names = root.TryGetProperty("outputs", out JsonElement outputs) ? outputs.Deserialize<string[]>() : null;
            if (names is not null && Array.Exists(names, n => n is null)) throw new PellucidException($"'{side}': an output has no name");
            string? model = root.TryGetProperty("model_sha256", out JsonElement hash) ? hash.GetString() : null;
            return (HeadFile.KindOf(path, kind.GetString()!), names, model);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new PellucidException($"'{side}' is no description of a head: {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"'{side}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Without taps: behind an encoder they would take the names of the encoder's own.</summary>
    private static Graph Untapped(Graph graph)
    {
        var g = new GraphBuilder(graph.Name);
        foreach (Value input in graph.Inputs) g.Input(input.Name, input.Type);
        foreach ((string name, Weight weight) in graph.Weights.OrderBy(w => w.Key, StringComparer.Ordinal)) g.Weight(name, weight);
        foreach (Node node in graph.Nodes) g.Append(node);
        foreach (GraphOutput output in graph.Outputs) g.Output(output.Name, g.Find(output.Value));
        return g.Build();
    }
}
