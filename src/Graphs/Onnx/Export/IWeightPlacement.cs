using Pellucid.Graphs.Onnx.Protobuf;

namespace Pellucid.Graphs.Onnx.Export;

/// <summary>Decides where the bytes of a weight go when a graph is written.</summary>
internal interface IWeightPlacement : IDisposable
{
    /// <summary>Fills in the data of a tensor whose name, type and dimensions are set.</summary>
    void Place(Weight weight, TensorProto tensor);
}
