using System.Collections.Immutable;
using System.Globalization;
using Pellucid.Graphs.Onnx.Canonical.Folding;
using Pellucid.Graphs.Onnx.Canonical.Opsets;
using Pellucid.Graphs.Onnx.Canonical.Shapes;
using Pellucid.Graphs.Onnx.Canonical.Unfolding;
using Pellucid.Graphs.Onnx.Import;

namespace Pellucid.Graphs.Onnx.Canonical;

/// <summary>
/// Turns a parsed model into a graph, node by node: brought to operator set 20, evaluated by the probes, folded where
/// it is constant, rewritten where a shape depends on the batch, else appended as it is.
/// Names before this are the model's; <see cref="Use(string)"/> leads from them to values of the graph.
/// </summary>
internal sealed class Assembly
{
    private readonly string _path;
    private readonly ParsedModel _model;
    private readonly OnnxImportOptions _options;
    private readonly Probe[] _probes;
    private readonly Dictionary<string, string> _aliases = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Value> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Node> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Symbol, int Rank, int Axis), Value> _batchMarks = [];
    private readonly BatchUnfolding _unfolding;
    private readonly long _version;
    private int _counter;

    public Assembly(string path, ParsedModel model, OnnxImportOptions options)
    {
        _path = path;
        _model = model;
        _options = options;
        Builder = new GraphBuilder(model.Name);
        _unfolding = new BatchUnfolding(this);
        _probes = [new Probe(Budget), new Probe(Budget)];
        _version = model.Opsets.GetValueOrDefault(string.Empty);
        if (_version is < OnnxImport.OldestOpset or > OnnxImport.NewestOpset)
            throw new GraphException($"'{path}' uses ONNX operator set {_version}; {OnnxImport.OldestOpset} to {OnnxImport.NewestOpset} can be read: export it with one of these (opset_version=17, say)");
    }

    /// <summary>The graph under construction.</summary>
    public GraphBuilder Builder { get; }

    /// <summary>What folding may still take.</summary>
    public FoldBudget Budget { get; } = new();

    /// <summary>Dimensions that are known at run time only.</summary>
    public Symbols Symbols { get; } = new();

    public Graph Run()
    {
        foreach ((string name, Weight weight) in _model.Weights) foreach (Probe probe in _probes) probe.Declare(name, weight);
        InputShapes.Declare(_path, _model, _options, this);
        foreach (Node node in _model.Nodes)
        {
            if (node.OpType is "Constant" && node.Domain.Length == 0) continue;
            Guard(node, () =>
            {
                foreach (Node canonical in OpsetUpgrade.Apply(node with { Inputs = [.. node.Inputs.Select(Alias)] }, _version, this)) Process(canonical);
            });
        }

        foreach (string output in _model.Outputs) Builder.Output(output, Use(output));
        return Builder.Build();
    }

    /// <summary>Declares an input of the graph with its dynamic shape, and with the shape that it has in each probe.</summary>
    public void Input(string name, ElementType element, TensorShape shape, IReadOnlyList<TensorShape> probed)
    {
        if (_values.ContainsKey(name)) throw new GraphException($"'{_path}': the input name '{name}' is taken twice");
        _values[name] = Builder.Input(name, new TensorType(element, shape));
        for (int p = 0; p < _probes.Length; p++) _probes[p].Declare(name, new TensorType(element, probed[p]));
    }

    /// <summary>The graph's value for a name of the model; constants come into the graph when something uses them.</summary>
    public Value Use(string name)
    {
        name = Alias(name);
        if (_values.TryGetValue(name, out Value? value)) return value;
        if (_model.Weights.TryGetValue(name, out Weight? weight)) return _values[name] = Builder.Weight(Free(name), weight);
        if (_unfolding.Refold(name) is { } folded) return _values[name] = folded;
        if (FixedValue(name) is { } constant) return _values[name] = Builder.Constant(constant);
        throw new GraphException($"'{_path}': '{name}' is read, but no node before makes it");
    }

    /// <summary>Says which value of the graph a name of the model is.</summary>
    public void Define(string name, Value value) => _values[name] = value;

    /// <summary>A constant under a name of its own, for nodes that an upgrade makes.</summary>
    public string Constant(HostTensor tensor)
    {
        string name = Fresh("canonical");
        var weight = new InlineWeight(tensor);
        _model.Weights.Add(name, weight);
        foreach (Probe probe in _probes) probe.Declare(name, weight);
        return name;
    }

    /// <summary>A name that the model does not use.</summary>
    public string Fresh(string stem)
    {
        string name;
        do name = string.Create(CultureInfo.InvariantCulture, $"{stem}.{_counter++}");
        while (_model.Weights.ContainsKey(name) || _probes[0].Type(name) is not null);
        return name;
    }

    /// <summary>The node that makes a value of the model, after its upgrade.</summary>
    public Node? ProducerOf(string name) => _producers.GetValueOrDefault(Alias(name));

    /// <summary>Shape of a value in a probe; null where it is not known.</summary>
    public TensorShape? ShapeOf(string name, int probe) => _probes[probe].Type(Alias(name))?.Shape;

    /// <summary>Element type of a value.</summary>
    public ElementType ElementOf(string name) => _probes[0].Type(Alias(name))?.Element ?? ElementType.Unknown;

    /// <summary>Number of dimensions.</summary>
    /// <exception cref="GraphException">It is not known.</exception>
    public int RankOf(string name) => ShapeOf(name, 0)?.Rank ?? throw new GraphException($"the rank of '{name}' is not known");

    /// <summary>A value in a probe; null where it depends on more than shapes.</summary>
    public HostTensor? ValueOf(string name, int probe) => _probes[probe].Value(Alias(name));

    /// <summary>A value in a probe as integers.</summary>
    public long[]? Int64sOf(string name, int probe) => ValueOf(name, probe) switch
    {
        { ElementType: ElementType.Int64 } t => t.Int64s.ToArray(),
        { ElementType: ElementType.Int32 } t => Array.ConvertAll(t.AsSpan<int>().ToArray(), v => (long)v),
        _ => null,
    };

    /// <summary>A value that is the same whatever the batch.</summary>
    public HostTensor? FixedValue(string name)
    {
        HostTensor? first = ValueOf(name, 0), second = ValueOf(name, 1);
        return first is not null && second is not null && first.ElementType == second.ElementType && first.Shape.Equals(second.Shape) && first.Bytes.SequenceEqual(second.Bytes)
            ? first
            : null;
    }

    /// <summary>Lets one name of the model stand for another.</summary>
    public void SetAlias(string name, string target) => _aliases[name] = Alias(target);

    /// <summary>
    /// Stretches a value along an axis of length 1 to a symbol's size: Where(c, v, v) with any condition c of that size.
    /// Unlike Expand it needs no shape at run time, so its type is known, and no value of the input can spoil it.
    /// </summary>
    public Value Stretch(Value value, int axis, int symbol)
    {
        Value mark = BatchMark(symbol, value.Rank, axis);
        return Builder.Emit("Where", [mark, value, value]);
    }

    private Value BatchMark(int symbol, int rank, int axis)
    {
        if (_batchMarks.TryGetValue((symbol, rank, axis), out Value? known)) return known;
        (string input, int at) = Symbols.Source(symbol);
        Value x = Use(input);
        long[] others = [.. Enumerable.Range(0, x.Rank).Where(i => i != at).Select(i => (long)i)];
        if (others.Length > 0)
            x = Builder.Emit("Slice", [x, Builder.Int64s(new long[others.Length]), Builder.Int64s([.. others.Select(_ => 1L)]), Builder.Int64s(others)]);
        long[] shape = new long[rank];
        Array.Fill(shape, 1);
        shape[axis] = -1;
        Value mark = Builder.Emit("Reshape", [x, Builder.Int64s(shape)]);
        return _batchMarks[(symbol, rank, axis)] = Builder.Emit("Equal", [mark, mark]);
    }

    private void Process(Node node)
    {
        foreach (string input in node.Inputs)
        {
            if (input.Length > 0 && _probes[0].Type(Alias(input)) is null) throw new GraphException($"node '{node.DisplayName}' reads '{input}', which no node before it makes");
        }

        foreach (string output in node.Outputs)
        {
            if (output.Length > 0 && (_probes[0].Type(output) is not null || _aliases.ContainsKey(output))) throw new GraphException($"node '{node.DisplayName}' makes '{output}', which exists already");
        }

        if (node.OpType is "Identity" && node.Domain.Length == 0)
        {
            if (node.Inputs.Length != 1 || node.Inputs[0].Length == 0 || node.Outputs.Length != 1) throw new GraphException($"node '{node.DisplayName}' is an Identity of {node.Inputs.Length} inputs and {node.Outputs.Length} outputs");
            SetAlias(node.Outputs[0], node.Inputs[0]);
            return;
        }

        foreach (Probe probe in _probes) probe.Step(node);
        foreach (string output in node.Outputs) if (output.Length > 0) _producers[output] = node;
        if (node.Outputs.All(o => o.Length == 0 || FixedValue(o) is not null)) return;
        if (_unfolding.TryAppend(node)) return;
        if (BatchShapes.Rewrite(node, this) is { } rewritten)
        {
            _values[node.Outputs[0]] = rewritten;
            return;
        }

        ImmutableArray<string> inputs = [.. node.Inputs.Select(i => i.Length == 0 ? i : Use(i).Name)];
        ImmutableArray<string> outputs = [.. node.Outputs.Select(o => o.Length == 0 ? o : Free(o))];
        IReadOnlyList<Value> made = Builder.Append(node with { Inputs = inputs, Outputs = outputs });
        for (int i = 0; i < made.Count; i++) if (node.Outputs[i].Length > 0) _values[node.Outputs[i]] = made[i];
    }

    private string Alias(string name) => _aliases.GetValueOrDefault(name, name);

    /// <summary>The model's name for a value where the graph has not given it to one of its own.</summary>
    public string Free(string name)
    {
        string free = name;
        for (int i = 1; Builder.Has(free); i++) free = string.Create(CultureInfo.InvariantCulture, $"{name}.{i}");
        return free;
    }

    private static void Guard(Node node, Action step)
    {
        try
        {
            step();
        }
        catch (Exception e) when (MalformedNode.Covers(e))
        {
            throw MalformedNode.Error(node, e);
        }
    }
}
