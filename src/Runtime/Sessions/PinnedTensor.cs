using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Pellucid.Graphs;

namespace Pellucid.Runtime.Sessions;

/// <summary>A host tensor lent to ONNX Runtime: its array is pinned, nothing is copied.</summary>
internal sealed unsafe class PinnedTensor : IDisposable
{
    private GCHandle _pin;

    public PinnedTensor(HostTensor tensor)
    {
        _pin = GCHandle.Alloc(tensor.BackingArray, GCHandleType.Pinned);
        try
        {
            // ElementType has the values of ONNX, as has ONNX Runtime's enumeration.
            Value = OrtValue.CreateTensorValueWithData(
                OrtMemoryInfo.DefaultInstance, (TensorElementType)tensor.ElementType, tensor.Shape.ToArray(), _pin.AddrOfPinnedObject(), tensor.Bytes.Length);
        }
        catch
        {
            _pin.Free();
            throw;
        }
    }

    /// <summary>The value to feed a session with; valid until this is disposed of.</summary>
    public OrtValue Value { get; }

    /// <summary>Copies a session's output into managed memory.</summary>
    /// <exception cref="PellucidException">The output is no tensor of numbers.</exception>
    public static HostTensor Copy(string name, OrtValue value)
    {
        if (!value.IsTensor) throw new PellucidException($"output '{name}' is a {value.OnnxType}, not a tensor");
        OrtTensorTypeAndShapeInfo type = value.GetTensorTypeAndShape();
        if (type.IsString || !Enum.IsDefined((ElementType)type.ElementDataType)) throw new PellucidException($"output '{name}' has elements of type {type.ElementDataType}, which cannot be read");
        return HostTensor.FromBytes((ElementType)type.ElementDataType, new TensorShape(type.Shape), value.GetTensorMutableRawData());
    }

    public void Dispose()
    {
        Value.Dispose();
        _pin.Free();
    }
}
