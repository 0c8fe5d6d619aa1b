using Google.Protobuf;
using Pellucid.Graphs.Onnx.Protobuf;

namespace Pellucid.Graphs.Tests.Onnx;

/// <summary>Puts ONNX models together by hand, as exporters of any operator set would write them.</summary>
internal sealed class ModelFile
{
    public ModelFile(long opset) => Model.OpsetImport.Add(new OperatorSetIdProto { Version = opset });

    public ModelProto Model { get; } = new() { IrVersion = 8, Graph = new GraphProto { Name = "hand-made" } };

    /// <summary>Dimensions are numbers or names.</summary>
    public ModelFile Input(string name, params object[] dimensions) => Input(name, ElementType.Float32, dimensions);

    public ModelFile Input(string name, ElementType type, params object[] dimensions)
    {
        var shape = new TensorShapeProto();
        foreach (object d in dimensions)
            shape.Dim.Add(d is string s ? new TensorShapeProto.Types.Dimension { DimParam = s } : new TensorShapeProto.Types.Dimension { DimValue = Convert.ToInt64(d) });
        Model.Graph.Input.Add(new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
        });
        return this;
    }

    public ModelFile Weight(string name, HostTensor tensor)
    {
        Model.Graph.Initializer.Add(Tensor(name, tensor));
        return this;
    }

    public ModelFile Int64s(string name, params long[] values) => Weight(name, HostTensor.Of(values, values.Length));

    public ModelFile Scalar(string name, float value) => Weight(name, HostTensor.Scalar(value));

    public ModelFile Node(string op, string inputs, string outputs, params (string Name, object Value)[] attributes)
    {
        var node = new NodeProto { OpType = op, Name = "node_" + outputs.Replace(' ', '_') };
        if (op.StartsWith("com.microsoft.", StringComparison.Ordinal)) (node.Domain, node.OpType) = ("com.microsoft", op[14..]);
        node.Input.AddRange(inputs.Split(' ').Select(i => i == "-" ? string.Empty : i).Where((i, n) => inputs.Length > 0));
        node.Output.AddRange(outputs.Split(' '));
        foreach ((string name, object value) in attributes) node.Attribute.Add(Attribute(name, value));
        Model.Graph.Node.Add(node);
        return this;
    }

    public ModelFile Output(params string[] names)
    {
        foreach (string name in names) Model.Graph.Output.Add(new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 1 } } });
        return this;
    }

    public string Save(TestFolder folder, string name = "model.onnx")
    {
        string path = folder.File(name);
        File.WriteAllBytes(path, Model.ToByteArray());
        return path;
    }

    public static TensorProto Tensor(string name, HostTensor tensor)
    {
        var proto = new TensorProto { Name = name, DataType = (int)tensor.ElementType, RawData = ByteString.CopyFrom(tensor.Bytes) };
        proto.Dims.AddRange(tensor.Shape);
        return proto;
    }

    private static AttributeProto Attribute(string name, object value)
    {
        var proto = new AttributeProto { Name = name };
        switch (value)
        {
            case int v:
                (proto.Type, proto.I) = (AttributeProto.Types.AttributeType.Int, v);
                break;
            case float v:
                (proto.Type, proto.F) = (AttributeProto.Types.AttributeType.Float, v);
                break;
            case string v:
                (proto.Type, proto.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(v));
                break;
            case long[] v:
                proto.Type = AttributeProto.Types.AttributeType.Ints;
                proto.Ints.AddRange(v);
                break;
            case HostTensor v:
                (proto.Type, proto.T) = (AttributeProto.Types.AttributeType.Tensor, Tensor(string.Empty, v));
                break;
            default:
                throw new ArgumentException(name);
        }

        return proto;
    }
}
