using Google.Protobuf;
using Microsoft.Win32.SafeHandles;
using Pellucid.Graphs.Onnx.Protobuf;

namespace Pellucid.Graphs.Onnx.Export;

/// <summary>Copies weights, a buffer at a time, into one data file beside the model. Tiny ones go into the protobuf.</summary>
internal sealed class StreamedWeights(string path, string location) : IWeightPlacement
{
    /// <summary>Weights up to this size are shape vectors and scalars, which readers want at hand.</summary>
    private const long LargestEmbedded = 1024;

    private const long Alignment = 64;

    private readonly FileStream _data = File.Create(path);

    public void Place(Weight weight, TensorProto tensor)
    {
        long length = weight.Shape.ElementCount() * weight.Type.Element.SizeInBytes();
        if (length <= LargestEmbedded)
        {
            tensor.RawData = ByteString.CopyFrom(weight.Read().Bytes);
            return;
        }

        _data.Position = (_data.Position + Alignment - 1) / Alignment * Alignment;
        ExternalData.Refer(tensor, location, _data.Position, length);
        if (weight is FileWeight file) Copy(file);
        else _data.Write(weight.Read().Bytes);
    }

    public void Dispose() => _data.Dispose();

    private void Copy(FileWeight weight)
    {
        using SafeFileHandle source = File.OpenHandle(weight.Path);
        byte[] buffer = new byte[Math.Min(weight.ByteLength, 1 << 20)];
        for (long done = 0; done < weight.ByteLength;)
        {
            int read = RandomAccess.Read(source, buffer.AsSpan(0, (int)Math.Min(buffer.Length, weight.ByteLength - done)), weight.Offset + done);
            if (read == 0) throw new GraphException($"'{weight.Path}' is too short: a weight {weight.Type} at byte {weight.Offset} needs {weight.ByteLength} bytes");
            _data.Write(buffer, 0, read);
            done += read;
        }
    }
}
