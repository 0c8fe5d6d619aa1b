using System.Collections.Immutable;

namespace Pellucid.Graphs.Onnx.Import;

/// <summary>Reads ModelProto and GraphProto. A few megabytes at most come into memory, whatever the model's size.</summary>
internal sealed class ModelParser
{
    private const int MostNodes = 1 << 20;
    private const int MostConnections = 1 << 12;

    private readonly WireReader _reader;
    private readonly TensorParser _tensors;
    private readonly AttributeParser _attributes;
    private readonly ParsedModel _model = new();
    private bool _hasGraph;

    private ModelParser(WireReader reader)
    {
        _reader = reader;
        _tensors = new TensorParser(reader, new ExternalFiles(reader.Path));
        _attributes = new AttributeParser(reader, _tensors);
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="GraphException">It is damaged, or holds something that is not supported.</exception>
    public static ParsedModel Parse(string path)
    {
        using var reader = new WireReader(path);
        return new ModelParser(reader).ReadModel();
    }

    private ParsedModel ReadModel()
    {
        while (_reader.NextField(out int field, out WireType wire))
        {
            switch (field)
            {
                case 7:
                    if (_hasGraph) throw _reader.Corrupt("a second graph");
                    _hasGraph = _reader.Message(wire, ReadGraph);
                    break;
                case 8:
                    (string domain, long version) = _reader.Message(wire, ReadOpset);
                    _model.Opsets[domain] = version;
                    break;
                case 14:
                    (string key, string value) = _reader.Message(wire, _tensors.ReadEntry);
                    _model.Metadata[key] = value;
                    break;
                case 25:
                    throw new GraphException($"'{_reader.Path}' defines functions of its own; inline them (onnx.inliner.inline_local_functions) and try again");
                default:
                    _reader.Skip(wire);
                    break;
            }
        }

        return _hasGraph ? _model : throw _reader.Corrupt("no graph in it");
    }

    private (string Domain, long Version) ReadOpset()
    {
        string domain = string.Empty;
        long version = 0;
        while (_reader.NextField(out int field, out WireType wire))
        {
            if (field == 1) domain = NormalizeDomain(_reader.Text(wire));
            else if (field == 2) version = _reader.Int64(wire);
            else _reader.Skip(wire);
        }

        return (domain, version);
    }

    private bool ReadGraph()
    {
        while (_reader.NextField(out int field, out WireType wire))
        {
            switch (field)
            {
                case 1:
                    if (_model.Nodes.Count >= MostNodes) throw _reader.Corrupt($"more than {MostNodes} nodes");
                    _model.Nodes.Add(_reader.Message(wire, ReadNode));
                    break;
                case 2:
                    _model.Name = _reader.Text(wire);
                    break;
                case 5:
                    (string name, Weight weight) = _reader.Message(wire, _tensors.Read);
                    if (name.Length == 0 || !_model.Weights.TryAdd(name, weight)) throw _reader.Corrupt($"an initializer named '{name}', which is empty or taken");
                    break;
                case 11:
                    _model.Inputs.Add(_reader.Message(wire, ReadInput));
                    break;
                case 12:
                    _model.Outputs.Add(_reader.Message(wire, ReadInput).Name);
                    break;
                case 15:
                    throw new GraphException($"'{_reader.Path}' holds sparse initializers, which are not supported; export it with dense ones");
                default:
                    _reader.Skip(wire);
                    break;
            }
        }

        return true;
    }

    private Node ReadNode()
    {
        var inputs = ImmutableArray.CreateBuilder<string>();
        var outputs = ImmutableArray.CreateBuilder<string>();
        string name = string.Empty, op = string.Empty, domain = string.Empty;
        var attributes = new List<(string Name, object? Value)>();
        while (_reader.NextField(out int field, out WireType wire))
        {
            switch (field)
            {
                case 1:
                    inputs.Add(_reader.Text(wire));
                    break;
                case 2:
                    outputs.Add(_reader.Text(wire));
                    break;
                case 3:
                    name = _reader.Text(wire);
                    break;
                case 4:
                    op = _reader.Text(wire);
                    break;
                case 5:
                    attributes.Add(_reader.Message(wire, _attributes.Read));
                    break;
                case 7:
                    domain = NormalizeDomain(_reader.Text(wire));
                    break;
                default:
                    _reader.Skip(wire);
                    break;
            }

            if (inputs.Count > MostConnections || outputs.Count > MostConnections || attributes.Count > MostConnections)
                throw _reader.Corrupt($"a node with more than {MostConnections} inputs, outputs or attributes");
        }

        var node = new Node(op, inputs.ToImmutable(), outputs.ToImmutable(), NodeAttributes.None, domain, name);
        if (op.Length == 0 || outputs.All(o => o.Length == 0)) throw _reader.Corrupt($"node '{node.DisplayName}' has no operator or makes nothing");
        return IsConstant(node, attributes) ? node : node with { Attributes = AttributesOf(node, attributes) };
    }

    /// <summary>A Constant node is an initializer in disguise, and may be as large as one.</summary>
    private bool IsConstant(Node node, List<(string Name, object? Value)> attributes)
    {
        if (node.OpType is not "Constant" || node.Domain.Length > 0) return false;
        Weight? weight = attributes.Count != 1 ? null : attributes[0] switch
        {
            ("value", Weight w) => w,
            ("value_float", float v) => new InlineWeight(HostTensor.Scalar(v)),
            ("value_floats", float[] v) => new InlineWeight(HostTensor.Of(v, v.Length)),
            ("value_int", long v) => new InlineWeight(HostTensor.Of([v], TensorShape.Scalar)),
            ("value_ints", long[] v) => new InlineWeight(HostTensor.Of(v, v.Length)),
            _ => null,
        };
        if (weight is null) throw new GraphException($"'{_reader.Path}': node '{node.DisplayName}' is a Constant that holds no tensor of numbers, which is not supported");
        if (!_model.Weights.TryAdd(node.Outputs[0], weight)) throw _reader.Corrupt($"the name '{node.Outputs[0]}' is taken twice");
        return true;
    }

    private NodeAttributes AttributesOf(Node node, List<(string Name, object? Value)> attributes)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach ((string name, object? value) in attributes)
        {
            object? usable = value switch
            {
                AttributeParser.Unsupported.Subgraph => throw new GraphException(
                    $"'{_reader.Path}': node '{node.DisplayName}' ({node.QualifiedOp}) runs a subgraph, which is not supported; export the model by tracing, so that control flow (If, Loop, Scan) is resolved"),
                AttributeParser.Unsupported why => throw new GraphException($"'{_reader.Path}': attribute '{name}' of node '{node.DisplayName}' ({node.QualifiedOp}) is of a kind ({why}) that is not supported"),
                Weight weight => weight is InlineWeight || weight.Shape.ElementCount() <= TensorParser.LargestInline ? weight.Read() : throw _reader.Corrupt($"the tensor attribute '{name}' of node '{node.DisplayName}' is too large"),
                _ => value,
            };
            if (usable is null) continue;
            if (name.Length == 0 || !values.TryAdd(name, usable)) throw _reader.Corrupt($"attribute '{name}' of node '{node.DisplayName}' has no name or occurs twice");
        }

        return new NodeAttributes(values);
    }

    private ParsedInput ReadInput()
    {
        string name = string.Empty;
        (ElementType Element, List<ParsedDimension>? Shape) type = (ElementType.Unknown, null);
        while (_reader.NextField(out int field, out WireType wire))
        {
            if (field == 1) name = _reader.Text(wire);
            else if (field == 2) type = _reader.Message(wire, ReadType);
            else _reader.Skip(wire);
        }

        return new ParsedInput(name, type.Element, type.Shape);
    }

    private (ElementType Element, List<ParsedDimension>? Shape) ReadType()
    {
        (ElementType, List<ParsedDimension>?) type = (ElementType.Unknown, null);
        while (_reader.NextField(out int field, out WireType wire))
        {
            if (field == 1) type = _reader.Message(wire, ReadTensorType);
            else _reader.Skip(wire);
        }

        return type;
    }

    private (ElementType Element, List<ParsedDimension>? Shape) ReadTensorType()
    {
        int element = 0;
        List<ParsedDimension>? shape = null;
        while (_reader.NextField(out int field, out WireType wire))
        {
            if (field == 1) element = _reader.Int32(wire);
            else if (field == 2) shape = _reader.Message(wire, ReadShape);
            else _reader.Skip(wire);
        }

        return (Enum.IsDefined((ElementType)element) ? (ElementType)element : ElementType.Unknown, shape);
    }

    private List<ParsedDimension> ReadShape()
    {
        var shape = new List<ParsedDimension>();
        while (_reader.NextField(out int field, out WireType wire))
        {
            if (field == 1) shape.Add(_reader.Message(wire, ReadDimension));
            else _reader.Skip(wire);
            if (shape.Count > 16) throw _reader.Corrupt("a shape of more than 16 dimensions");
        }

        return shape;
    }

    private ParsedDimension ReadDimension()
    {
        long size = 0;
        string symbol = string.Empty;
        while (_reader.NextField(out int field, out WireType wire))
        {
            if (field == 1) size = _reader.Int64(wire);
            else if (field == 2) symbol = _reader.Text(wire);
            else _reader.Skip(wire);
        }

        return new ParsedDimension(size, symbol);
    }

    private static string NormalizeDomain(string domain) => domain is "ai.onnx" ? string.Empty : domain;
}
