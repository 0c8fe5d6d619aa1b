using System.Security.Cryptography;
using System.Text;
using Pellucid.Abstractions.Execution;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Heads;
using Pellucid.Graphs;
using Pellucid.Graphs.Operators;

namespace Pellucid.Modeling.Heads;

/// <summary>A head that is a graph, from layers or from an ONNX model.</summary>
public sealed class EmbeddingHead : IEmbeddingHead
{
    internal const string Input = "embeds", OutputName = "outputs";

    private readonly Graph _graph;
    private readonly IGraphRunner _runner;
    private readonly HeadLayer? _linear;

    internal EmbeddingHead(string name, HeadKind kind, IReadOnlyList<string> outputs, Graph graph, string contentHash, string? modelHash, HeadLayer? linear, IGraphRunner runner)
    {
        (Name, Kind, Outputs, ContentHash, ModelHash) = (name, kind, outputs, contentHash, modelHash);
        (_graph, _linear, _runner) = (graph, linear, runner);
        Width = (int)graph.Inputs[0].Shape[1];
    }

    /// <summary>Makes a head from layers.</summary>
    /// <param name="name">Name for messages.</param>
    /// <param name="kind">What its outputs are.</param>
    /// <param name="outputs">Names of its outputs; as many as the last layer has rows.</param>
    /// <param name="layers">At least one, each as wide as the one before is high.</param>
    /// <param name="runner">Runs it.</param>
    /// <param name="modelHash">SHA-256 of the model whose embeddings it was fitted on; null where that is not known.</param>
    /// <exception cref="PellucidException">Layers and outputs do not fit each other, or a number is not finite.</exception>
    public static EmbeddingHead OfLayers(
        string name, HeadKind kind, IReadOnlyList<string> outputs, IReadOnlyList<HeadLayer> layers, IGraphRunner runner, string? modelHash = null)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentNullException.ThrowIfNull(layers);
        HeadLayers.Require(name, kind, outputs, layers);
        var g = new GraphBuilder("head " + name);
        Value x = g.Input(Input, TensorType.Float(TensorShape.Dynamic, layers[0].Weight.Shape[1]));
        foreach (HeadLayer layer in layers) x = Append(g, x, layer);
        g.Output(OutputName, x);
        return new EmbeddingHead(
            name, kind, outputs, g.Build(), Hash(kind, outputs, layers), modelHash, layers is [{ Activation: HeadActivation.None } only] ? only : null, runner);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public HeadKind Kind { get; }

    /// <inheritdoc/>
    public int Width { get; }

    /// <inheritdoc/>
    public IReadOnlyList<string> Outputs { get; }

    /// <inheritdoc/>
    public string ContentHash { get; }

    /// <inheritdoc/>
    public string? ModelHash { get; }

    /// <inheritdoc/>
    public Value Append(GraphBuilder g, Value embeds)
    {
        ArgumentNullException.ThrowIfNull(g);
        return g.Compose(_graph, new Dictionary<string, Value>(StringComparer.Ordinal) { [_graph.Inputs[0].Name] = embeds })[_graph.Outputs[0].Name];
    }

    /// <inheritdoc/>
    public async Task<HostTensor> EvaluateAsync(HostTensor embeds, CancellationToken cancellationToken = default) =>
        (await _runner.RunAsync(
            _graph, new Dictionary<string, HostTensor>(StringComparer.Ordinal) { [_graph.Inputs[0].Name] = embeds }, cancellationToken))[_graph.Outputs[0].Name];

    /// <inheritdoc/>
    public LinearForm? Linear(int output) => _linear is null
        ? null
        : new LinearForm(_linear.Weight.Floats.Slice(output * Width, Width).ToArray(), _linear.Bias?.Floats[output] ?? 0);

    private static Value Append(GraphBuilder g, Value x, HeadLayer layer)
    {
        Value y = g.Affine(x, g.Constant(layer.Weight), layer.Bias is null ? null : g.Constant(layer.Bias));
        return layer.Activation switch
        {
            HeadActivation.Relu => g.Relu(y),
            HeadActivation.Gelu => g.Gelu(y),
            HeadActivation.Tanh => g.Tanh(y),
            HeadActivation.Sigmoid => g.Sigmoid(y),
            _ => y,
        };
    }

    private static string Hash(HeadKind kind, IReadOnlyList<string> outputs, IReadOnlyList<HeadLayer> layers)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{kind}\0{string.Join('\0', outputs)}\0"));
        foreach (HeadLayer layer in layers)
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{layer.Weight}{layer.Bias}{layer.Activation}\0"));
            hash.AppendData(layer.Weight.Bytes);
            if (layer.Bias is not null) hash.AppendData(layer.Bias.Bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
