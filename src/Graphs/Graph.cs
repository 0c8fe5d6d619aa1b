using System.Collections.Immutable;

namespace Pellucid.Graphs;

/// <summary>
/// A model as data: typed inputs, nodes in topological order, weights, named outputs, and <em>taps</em>: stable dotted
/// names of intermediate values worth looking at (<c>vision.blocks.11.attn.query</c>). Immutable; made by
/// <see cref="GraphBuilder"/>, changed by <see cref="Edit"/>, which makes another one.
/// </summary>
public sealed class Graph
{
    private readonly Lazy<string> _structureHash;

    internal Graph(
        string name,
        int opset,
        ImmutableArray<Value> inputs,
        ImmutableArray<GraphOutput> outputs,
        ImmutableArray<Node> nodes,
        ImmutableDictionary<string, Weight> weights,
        ImmutableDictionary<string, TensorType> types,
        ImmutableSortedDictionary<string, string> taps)
    {
        Name = name;
        Opset = opset;
        Inputs = inputs;
        Outputs = outputs;
        Nodes = nodes;
        Weights = weights;
        Types = types;
        Taps = taps;
        _structureHash = new Lazy<string>(() => GraphHash.Compute(this));
    }

    /// <summary>Name for messages.</summary>
    public string Name { get; }

    /// <summary>Version of the ONNX operator set that the nodes follow.</summary>
    public int Opset { get; }

    /// <summary>What a run must be fed with.</summary>
    public ImmutableArray<Value> Inputs { get; }

    /// <summary>What a run returns.</summary>
    public ImmutableArray<GraphOutput> Outputs { get; }

    /// <summary>Operators, each after the ones it reads from.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <summary>Constant tensors by value name.</summary>
    public ImmutableDictionary<string, Weight> Weights { get; }

    /// <summary>Types of all values by name.</summary>
    public ImmutableDictionary<string, TensorType> Types { get; }

    /// <summary>Tap name to value name, in ordinal order.</summary>
    public ImmutableSortedDictionary<string, string> Taps { get; }

    /// <summary>
    /// SHA-256 (hex) over everything that a run depends on: operators, attributes, wiring, types, output names, and the
    /// place or content of each weight. Independent of the names of intermediate values.
    /// </summary>
    public string StructureHash => _structureHash.Value;

    /// <summary>The value behind a tap, output or value name.</summary>
    /// <exception cref="GraphException">There is none; the message lists the nearest names.</exception>
    public Value Find(string name)
    {
        if (Taps.TryGetValue(name, out string? tapped)) return new Value(tapped, Types[tapped]);
        foreach (GraphOutput output in Outputs)
        {
            if (string.Equals(output.Name, name, StringComparison.Ordinal)) return new Value(output.Value, Types[output.Value]);
        }

        if (Types.TryGetValue(name, out TensorType? type)) return new Value(name, type);
        throw new GraphException($"graph '{Name}' has no tap, output or value '{name}'{NearestNames.Suffix(name, Taps.Keys.Concat(Outputs.Select(o => o.Name)).Concat(Types.Keys))}");
    }

    /// <summary>Starts a new graph from this one.</summary>
    public GraphBuilder Edit() => new(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Nodes.Length} nodes, {Weights.Count} weights, {Taps.Count} taps";
}
