using Google.Protobuf;
using Pellucid.Graphs.Onnx.Protobuf;
using AttributeType = Pellucid.Graphs.Onnx.Protobuf.AttributeProto.Types.AttributeType;

namespace Pellucid.Graphs.Onnx.Export;

/// <summary>Turns a graph into the messages of ONNX. Weights go where the placement puts them.</summary>
internal sealed class OnnxWriter(Graph graph, IWeightPlacement weights, bool describeOutputs)
{
    /// <summary>Prefix of the metadata keys that hold taps.</summary>
    public const string TapKey = "pellucid.tap:";

    /// <summary>The IR version that belongs to operator set 20.</summary>
    private const long IrVersion = 9;

    private readonly ExportNames _names = new(graph);

    public ModelProto Write()
    {
        HashSet<string> needed = GraphReachability.Ancestors(graph.Nodes, graph.Outputs.Select(o => o.Value));
        Node[] nodes = [.. graph.Nodes.Where(n => n.Outputs.Any(o => o.Length > 0 && needed.Contains(o)))];
        var proto = new GraphProto { Name = graph.Name.Length == 0 ? "graph" : graph.Name };
        foreach (Value input in graph.Inputs) proto.Input.Add(Describe(input.Name, input.Type, symbols: true));
        foreach (string name in graph.Weights.Keys.Where(needed.Contains).Order(StringComparer.Ordinal)) proto.Initializer.Add(Initializer(name));
        foreach (Node node in nodes) proto.Node.Add(Write(node));
        foreach (GraphOutput copy in _names.Copies)
            proto.Node.Add(new NodeProto { OpType = "Identity", Input = { _names.Of(copy.Value) }, Output = { copy.Name } });
        foreach (GraphOutput output in graph.Outputs)
        {
            TensorType type = graph.Types[output.Value];
            proto.Output.Add(Describe(output.Name, describeOutputs ? type : type with { Shape = null }, symbols: false));
        }

        var model = new ModelProto { IrVersion = IrVersion, ProducerName = "pellucid", Graph = proto };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = graph.Opset });
        foreach (string domain in nodes.Select(n => n.Domain).Where(d => d.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            model.OpsetImport.Add(new OperatorSetIdProto { Domain = domain, Version = 1 });
        foreach ((string alias, string value) in graph.Taps.Where(t => needed.Contains(t.Value)))
            model.MetadataProps.Add(new StringStringEntryProto { Key = TapKey + alias, Value = _names.Of(value) });
        return model;
    }

    private NodeProto Write(Node node)
    {
        var proto = new NodeProto { OpType = node.OpType };
        if (node.Name.Length > 0) proto.Name = node.Name;
        if (node.Domain.Length > 0) proto.Domain = node.Domain;
        proto.Input.AddRange(node.Inputs.Select(_names.Of));
        proto.Output.AddRange(node.Outputs.Select(_names.Of));
        foreach ((string name, object value) in node.Attributes) proto.Attribute.Add(Attribute(name, value));
        return proto;
    }

    private TensorProto Initializer(string name)
    {
        Weight weight = graph.Weights[name];
        var tensor = new TensorProto { Name = _names.Of(name), DataType = (int)weight.Type.Element };
        tensor.Dims.AddRange(weight.Shape);
        weights.Place(weight, tensor);
        return tensor;
    }

    /// <summary>
    /// Each dynamic dimension of an input has a symbol of its own: ONNX Runtime plans memory by symbols, and the batch
    /// of a cotangent may differ from that of an image.
    /// </summary>
    private static ValueInfoProto Describe(string name, TensorType type, bool symbols)
    {
        var info = new ValueInfoProto { Name = name };
        if (type.Element == ElementType.Unknown) return info;
        info.Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type.Element } };
        if (type.Shape is null) return info;
        var shape = new TensorShapeProto();
        for (int i = 0; i < type.Shape.Rank; i++)
        {
            var dimension = new TensorShapeProto.Types.Dimension();
            if (type.Shape[i] != TensorShape.Dynamic) dimension.DimValue = type.Shape[i];
            else if (symbols) dimension.DimParam = i == 0 ? $"{name}.batch" : $"{name}.{i}";
            shape.Dim.Add(dimension);
        }

        info.Type.TensorType.Shape = shape;
        return info;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var proto = new AttributeProto { Name = name };
        switch (value)
        {
            case long v:
                proto.Type = AttributeType.Int;
                proto.I = v;
                break;
            case float v:
                proto.Type = AttributeType.Float;
                proto.F = v;
                break;
            case string v:
                proto.Type = AttributeType.String;
                proto.S = ByteString.CopyFromUtf8(v);
                break;
            case long[] v:
                proto.Type = AttributeType.Ints;
                proto.Ints.AddRange(v);
                break;
            case float[] v:
                proto.Type = AttributeType.Floats;
                proto.Floats.AddRange(v);
                break;
            case string[] v:
                proto.Type = AttributeType.Strings;
                proto.Strings.AddRange(v.Select(ByteString.CopyFromUtf8));
                break;
            case HostTensor v:
                proto.Type = AttributeType.Tensor;
                proto.T = new TensorProto { DataType = (int)v.ElementType, RawData = ByteString.CopyFrom(v.Bytes) };
                proto.T.Dims.AddRange(v.Shape);
                break;
            default:
                throw new GraphException($"attribute '{name}' holds a {value.GetType().Name}, which ONNX cannot");
        }

        return proto;
    }
}
