using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using Pellucid.Graphs.Inference;

namespace Pellucid.Graphs;

/// <summary>
/// Builds a graph from nothing, or a new one from an existing one. Nodes are appended in topological order and typed
/// as they come (<see cref="Emit(string, IReadOnlyList{Value}, NodeAttributes, string)"/>); <see cref="Build"/>
/// drops what nothing needs. Operator methods are in <c>Pellucid.Graphs.Operators</c>. Not thread-safe.
/// </summary>
public sealed class GraphBuilder
{
    /// <summary>The operator set that all graphs here follow: older and newer models are rewritten to it when imported.</summary>
    public const int CanonicalOpset = 20;

    private const int LargestDeduplicatedConstant = 4096;

    private readonly List<Value> _inputs = [];
    private readonly List<GraphOutput> _outputs = [];
    private readonly List<Node> _nodes = [];
    private readonly Dictionary<string, int> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Weight> _weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorType> _types = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _taps = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _constants = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reserved = new(StringComparer.Ordinal);
    private int _counter;

    /// <summary>Starts an empty graph.</summary>
    public GraphBuilder(string name) => Name = name;

    internal GraphBuilder(Graph graph)
        : this(graph.Name)
    {
        _inputs.AddRange(graph.Inputs);
        _outputs.AddRange(graph.Outputs);
        _nodes.AddRange(graph.Nodes);
        for (int i = 0; i < _nodes.Count; i++) IndexOutputs(i);
        foreach ((string name, Weight weight) in graph.Weights) _weights[name] = weight;
        foreach ((string name, TensorType type) in graph.Types) _types[name] = type;
        foreach ((string alias, string value) in graph.Taps) _taps[alias] = value;
    }

    /// <summary>
    /// Starts from a graph's inputs and weights only. New names keep clear of all of the graph's values,
    /// so that its nodes can be appended under their own names, in whatever form.
    /// </summary>
    internal static GraphBuilder Rebuild(Graph graph)
    {
        var builder = new GraphBuilder(graph.Name);
        builder._reserved.UnionWith(graph.Types.Keys);
        foreach (Value input in graph.Inputs) builder.Input(input.Name, input.Type);
        foreach ((string name, Weight weight) in graph.Weights.OrderBy(p => p.Key, StringComparer.Ordinal)) builder.Weight(name, weight);
        return builder;
    }

    /// <summary>Name of the graph, for messages.</summary>
    public string Name { get; set; }

    /// <summary>Nodes so far, in topological order.</summary>
    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>Inputs so far.</summary>
    public IReadOnlyList<Value> Inputs => _inputs;

    /// <summary>Outputs so far.</summary>
    public IReadOnlyList<GraphOutput> Outputs => _outputs;

    /// <summary>Taps so far: alias to value name.</summary>
    public IReadOnlyDictionary<string, string> Taps => _taps;

    /// <summary>Declares an input.</summary>
    /// <exception cref="GraphException">The name is taken.</exception>
    public Value Input(string name, TensorType type)
    {
        var value = Declare(name, type);
        _inputs.Add(value);
        return value;
    }

    /// <summary>Adds a weight under a name of its own.</summary>
    /// <exception cref="GraphException">The name is taken.</exception>
    public Value Weight(string name, Weight weight)
    {
        var value = Declare(name, weight.Type);
        _weights.Add(name, weight);
        return value;
    }

    /// <summary>Puts another tensor in the place of a weight: everything that reads it reads the new one.</summary>
    /// <exception cref="GraphException">There is no weight of that name, or the types differ.</exception>
    public void SetWeight(string name, Weight weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (!_weights.TryGetValue(name, out Weight? old)) throw new GraphException($"graph '{Name}' has no weight '{name}'{NearestNames.Suffix(name, _weights.Keys)}");
        if (!old.Type.Equals(weight.Type)) throw new GraphException($"the weight '{name}' is {old.Type}, what should take its place {weight.Type}");
        _weights[name] = weight;
    }

    /// <summary>Adds a small constant; equal ones become one.</summary>
    public Value Constant(HostTensor tensor)
    {
        string? key = tensor.Bytes.Length > LargestDeduplicatedConstant
            ? null
            : $"{tensor} {Convert.ToHexString(SHA256.HashData(tensor.Bytes))}";
        if (key is not null && _constants.TryGetValue(key, out string? known)) return new Value(known, _types[known]);
        Value value = Weight(FreshName("const"), new InlineWeight(tensor));
        if (key is not null) _constants[key] = value.Name;
        return value;
    }

    /// <summary>A float32 scalar constant.</summary>
    public Value Constant(float value) => Constant(HostTensor.Scalar(value));

    /// <summary>An int64 vector constant: axes, shapes, indices.</summary>
    public Value Int64s(params ReadOnlySpan<long> values) => Constant(HostTensor.Of(values.ToArray(), values.Length));

    /// <summary>Appends an operator with one output.</summary>
    /// <inheritdoc cref="EmitMany"/>
    public Value Emit(string opType, IReadOnlyList<Value?> inputs, NodeAttributes? attributes = null, string domain = "") =>
        EmitMany(opType, inputs, 1, attributes, domain)[0];

    /// <summary>Appends an operator and infers the types of its outputs.</summary>
    /// <param name="opType">ONNX operator.</param>
    /// <param name="inputs">Inputs; null stands for an optional input that is absent.</param>
    /// <param name="outputCount">Number of outputs, at least 1.</param>
    /// <param name="attributes">Attributes, or null for none.</param>
    /// <param name="domain">Operator set; empty for ONNX's own.</param>
    /// <param name="name">Name for messages; may be empty.</param>
    /// <exception cref="GraphException">The input shapes do not fit the operator.</exception>
    public IReadOnlyList<Value> EmitMany(
        string opType, IReadOnlyList<Value?> inputs, int outputCount, NodeAttributes? attributes = null, string domain = "", string name = "")
    {
        ImmutableArray<string> names = [.. inputs.Select(v => v?.Name ?? string.Empty)];
        ImmutableArray<string> outputs = [.. Enumerable.Range(0, outputCount).Select(_ => FreshName(opType))];
        return Append(new Node(opType, names, outputs, attributes ?? NodeAttributes.None, domain, name));
    }

    /// <summary>Appends a node as it is; its inputs must exist, its output names must be new.</summary>
    /// <exception cref="GraphException">An input does not exist, a name is taken, or the shapes do not fit.</exception>
    public IReadOnlyList<Value> Append(Node node)
    {
        foreach (string input in node.Inputs)
        {
            if (input.Length > 0 && !_types.ContainsKey(input))
                throw new GraphException($"node '{node.DisplayName}' reads '{input}', which no node before it makes{NearestNames.Suffix(input, _types.Keys)}");
        }

        TensorType[] types = ShapeInference.Infer(node, v => _types[v], ConstantOf, ProducerOf);
        var values = new Value[node.Outputs.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = node.Outputs[i].Length == 0 ? new Value(string.Empty, types[i]) : Declare(node.Outputs[i], types[i]);
        }

        _nodes.Add(node);
        IndexOutputs(_nodes.Count - 1);
        return values;
    }

    /// <summary>Replaces a node by one that makes the same values and more (asking LayerNormalization for its mean, say).</summary>
    /// <exception cref="GraphException">The new node does not make a value that the old one made.</exception>
    public IReadOnlyList<Value> Extend(Node old, Node extended)
    {
        if (!_producers.TryGetValue(old.Outputs.First(o => o.Length > 0), out int index)) throw new GraphException($"node '{old.DisplayName}' is not in graph '{Name}'");
        foreach (string output in old.Outputs)
        {
            if (output.Length > 0 && !extended.Outputs.Contains(output)) throw new GraphException($"'{extended.DisplayName}' no longer makes '{output}'");
        }

        TensorType[] types = ShapeInference.Infer(extended, v => _types[v], ConstantOf, ProducerOf);
        for (int i = 0; i < types.Length; i++) if (extended.Outputs[i].Length > 0) _types[extended.Outputs[i]] = types[i];
        _nodes[index] = extended;
        IndexOutputs(index);
        return [.. extended.Outputs.Select((o, i) => new Value(o, types[i]))];
    }

    /// <summary>Names an intermediate value; a name that exists is moved.</summary>
    public void Tap(string alias, Value value) => _taps[alias] = value.Name;

    /// <summary>Makes a value an output, under a name; a name that exists is moved.</summary>
    public void Output(string name, Value value)
    {
        _outputs.RemoveAll(o => string.Equals(o.Name, name, StringComparison.Ordinal));
        _outputs.Add(new GraphOutput(name, value.Name));
    }

    /// <summary>Makes the value behind a tap an output under the tap's name.</summary>
    /// <exception cref="GraphException">There is no such tap.</exception>
    public Value Fetch(string tap)
    {
        Value value = Find(tap);
        Output(tap, value);
        return value;
    }

    /// <summary>Drops all outputs, so that only the ones declared from here on are computed.</summary>
    public void ClearOutputs() => _outputs.Clear();

    /// <summary>The value behind a tap, output or value name.</summary>
    /// <exception cref="GraphException">There is none; the message lists the nearest names.</exception>
    public Value Find(string name)
    {
        string? value = _taps.GetValueOrDefault(name)
            ?? _outputs.Find(o => string.Equals(o.Name, name, StringComparison.Ordinal))?.Value
            ?? (_types.ContainsKey(name) ? name : null);
        if (value is not null) return new Value(value, _types[value]);
        IEnumerable<string> candidates = _taps.Keys.Concat(_outputs.Select(o => o.Name)).Concat(_types.Keys);
        throw new GraphException($"graph '{Name}' has no tap, output or value '{name}'{NearestNames.Suffix(name, candidates)}");
    }

    /// <summary>Whether a tap, output or value of that name exists.</summary>
    public bool Has(string name) => _taps.ContainsKey(name) || _types.ContainsKey(name) || _outputs.Exists(o => string.Equals(o.Name, name, StringComparison.Ordinal));

    /// <summary>Whether a value of exactly that name exists.</summary>
    internal bool Exists(string value) => _types.ContainsKey(value);

    /// <summary>The node that makes a value, or null where it is an input or a weight.</summary>
    public Node? ProducerOf(string value) => _producers.TryGetValue(value, out int i) ? _nodes[i] : null;

    /// <summary>The type of a value.</summary>
    public TensorType TypeOf(string value) => _types[value];

    /// <summary>The weight of that value name, or null where it is none.</summary>
    public Weight? WeightOf(string value) => _weights.GetValueOrDefault(value);

    /// <summary>The elements of a constant that lives in memory, or null where the value is none.</summary>
    public HostTensor? ConstantOf(string value) => _weights.GetValueOrDefault(value) is InlineWeight inline ? inline.Read() : null;

    /// <summary>
    /// Copies what depends on the replaced values, with the replacements put in, and leaves the original in place:
    /// one graph then computes both, sharing everything before the replacement.
    /// </summary>
    /// <param name="replacements">Value name to the value that stands in for it.</param>
    /// <param name="wanted">Values (by name, tap or output) whose counterparts are wanted.</param>
    /// <returns>For each wanted name its counterpart: the original where it does not depend on a replacement.</returns>
    /// <exception cref="GraphException">A wanted name does not exist, or the new shapes do not fit downstream.</exception>
    public IReadOnlyDictionary<string, Value> Fork(IReadOnlyDictionary<string, Value> replacements, IEnumerable<string> wanted)
    {
        string[] names = wanted.ToArray();
        var originals = names.ToDictionary(n => n, n => Find(n).Name, StringComparer.Ordinal);
        var map = replacements.ToDictionary(p => p.Key, p => p.Value.Name, StringComparer.Ordinal);
        HashSet<string> needed = GraphReachability.Ancestors(_nodes, originals.Values);
        int end = _nodes.Count;
        for (int i = 0; i < end; i++)
        {
            Node node = _nodes[i];
            if (!node.Outputs.Any(needed.Contains) || !node.Inputs.Any(map.ContainsKey)) continue;
            if (node.Outputs.Any(map.ContainsKey)) continue;
            ImmutableArray<string> outputs = [.. node.Outputs.Select(o => o.Length == 0 ? o : FreshName(node.OpType))];
            Append(node with { Inputs = [.. node.Inputs.Select(v => map.GetValueOrDefault(v, v))], Outputs = outputs, Name = NameOfCopy(node, outputs) });
            for (int o = 0; o < outputs.Length; o++) if (outputs[o].Length > 0) map[node.Outputs[o]] = outputs[o];
        }

        return names.ToDictionary(n => n, n => Typed(map.GetValueOrDefault(originals[n], originals[n])), StringComparer.Ordinal);
    }

    /// <summary>A runtime takes no two nodes of one name, so a copy is called after its output too.</summary>
    private static string NameOfCopy(Node node, ImmutableArray<string> outputs) =>
        node.Name.Length == 0 ? node.Name : $"{node.Name} ({outputs.FirstOrDefault(o => o.Length > 0)})";

    /// <summary>Puts another value in the place of one: everything after it, and all taps and outputs, follow.</summary>
    /// <exception cref="GraphException">The old value does not exist, or the new shape does not fit downstream.</exception>
    public void Replace(string old, Value replacement)
    {
        string target = Find(old).Name;
        string[] followers = [.. _taps.Values, .. _outputs.Select(o => o.Value)];
        IReadOnlyDictionary<string, Value> moved = Fork(new Dictionary<string, Value>(StringComparer.Ordinal) { [target] = replacement }, followers.Distinct(StringComparer.Ordinal));
        foreach ((string alias, string value) in _taps.ToArray()) _taps[alias] = string.Equals(value, target, StringComparison.Ordinal) ? replacement.Name : moved[value].Name;
        for (int i = 0; i < _outputs.Count; i++) _outputs[i] = _outputs[i] with { Value = moved[_outputs[i].Value].Name };
    }

    /// <summary>Turns an intermediate value into an input of the given name: what came before it is cut off.</summary>
    /// <exception cref="GraphException">The value does not exist, or the name is taken.</exception>
    public Value Cut(string tapOrValue, string inputName)
    {
        Value input = Input(inputName, Find(tapOrValue).Type);
        Replace(tapOrValue, input);
        return input;
    }

    /// <summary>
    /// Puts another graph behind values of this one. Its taps come along; its intermediate values get new names.
    /// </summary>
    /// <param name="graph">What to add.</param>
    /// <param name="bindings">A value of this builder for each input of <paramref name="graph"/>.</param>
    /// <returns>The added graph's outputs by name.</returns>
    /// <exception cref="GraphException">An input is not bound, or a tap or weight name is taken by another value.</exception>
    public IReadOnlyDictionary<string, Value> Compose(Graph graph, IReadOnlyDictionary<string, Value> bindings)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal) { [string.Empty] = string.Empty };
        foreach (Value input in graph.Inputs)
        {
            map[input.Name] = bindings.TryGetValue(input.Name, out Value? bound)
                ? bound.Name
                : throw new GraphException($"composing '{graph.Name}' into '{Name}': its input '{input.Name}' is not bound");
        }

        foreach ((string name, Weight weight) in graph.Weights.OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            map[name] = _weights.TryGetValue(name, out Weight? same) && ReferenceEquals(same, weight)
                ? name
                : Weight(_types.ContainsKey(name) ? FreshName("weight") : name, weight).Name;
        }

        foreach (Node node in graph.Nodes)
        {
            ImmutableArray<string> outputs = [.. node.Outputs.Select(o => o.Length == 0 ? o : FreshName(node.OpType))];
            Append(node with { Inputs = [.. node.Inputs.Select(v => map[v])], Outputs = outputs, Name = NameOfCopy(node, outputs) });
            for (int i = 0; i < outputs.Length; i++) if (outputs[i].Length > 0) map[node.Outputs[i]] = outputs[i];
        }

        foreach ((string alias, string value) in graph.Taps) _taps[alias] = map[value];
        return graph.Outputs.ToDictionary(o => o.Name, o => Typed(map[o.Value]), StringComparer.Ordinal);
    }

    /// <summary>Finishes: keeps what the outputs need and, unless told otherwise, what the taps need.</summary>
    /// <param name="keepTaps">False drops taps that no output depends on, with their nodes.</param>
    /// <exception cref="GraphException">There is no output.</exception>
    public Graph Build(bool keepTaps = true)
    {
        if (_outputs.Count == 0) throw new GraphException($"graph '{Name}' has no output");
        IEnumerable<string> roots = _outputs.Select(o => o.Value);
        HashSet<string> needed = GraphReachability.Ancestors(_nodes, keepTaps ? roots.Concat(_taps.Values) : roots);
        ImmutableArray<Node> nodes = [.. _nodes.Where(n => n.Outputs.Any(o => o.Length > 0 && needed.Contains(o)))];
        var alive = new HashSet<string>(nodes.SelectMany(n => n.Outputs).Concat(_inputs.Select(i => i.Name)), StringComparer.Ordinal);
        alive.UnionWith(needed);
        return new Graph(
            Name,
            CanonicalOpset,
            [.. _inputs.Where(i => needed.Contains(i.Name))],
            [.. _outputs],
            nodes,
            _weights.Where(w => needed.Contains(w.Key)).ToImmutableDictionary(StringComparer.Ordinal),
            _types.Where(t => alive.Contains(t.Key)).ToImmutableDictionary(StringComparer.Ordinal),
            _taps.Where(t => alive.Contains(t.Value)).ToImmutableSortedDictionary(StringComparer.Ordinal));
    }

    private Value Typed(string name) => new(name, _types[name]);

    private Value Declare(string name, TensorType type)
    {
        if (name.Length == 0 || !_types.TryAdd(name, type)) throw new GraphException($"graph '{Name}': the value name '{name}' is empty or taken");
        return new Value(name, type);
    }

    private void IndexOutputs(int node)
    {
        foreach (string output in _nodes[node].Outputs) if (output.Length > 0) _producers[output] = node;
    }

    private string FreshName(string stem)
    {
        string name;
        do name = string.Create(CultureInfo.InvariantCulture, $"{stem}_{_counter++}");
        while (_types.ContainsKey(name) || _reserved.Contains(name));
        return name;
    }
}
