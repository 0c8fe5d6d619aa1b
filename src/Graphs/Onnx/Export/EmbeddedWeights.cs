using Google.Protobuf;
using Pellucid.Graphs.Onnx.Protobuf;

namespace Pellucid.Graphs.Onnx.Export;

/// <summary>Puts all weights into the protobuf itself, which protobuf limits to 2 GB.</summary>
internal sealed class EmbeddedWeights : IWeightPlacement
{
    private const long Limit = int.MaxValue - (64L << 20);

    private long _total;

    public void Place(Weight weight, TensorProto tensor)
    {
        _total += weight is FileWeight file ? file.ByteLength : weight.Shape.ElementCount() * weight.Type.Element.SizeInBytes();
        if (_total > Limit) throw new GraphException("the weights do not fit into one protobuf file (2 GB); write them as external data");
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(weight.Read().Bytes.ToArray());
    }

    public void Dispose()
    {
    }
}
