using System.Globalization;
using Pellucid.Graphs.Onnx.Protobuf;

namespace Pellucid.Graphs.Onnx.Export;

/// <summary>The external-data fields of a tensor.</summary>
internal static class ExternalData
{
    public static void Refer(TensorProto tensor, string location, long offset, long length)
    {
        tensor.DataLocation = TensorProto.Types.DataLocation.External;
        Set(tensor, "location", location);
        Set(tensor, "offset", offset.ToString(CultureInfo.InvariantCulture));
        Set(tensor, "length", length.ToString(CultureInfo.InvariantCulture));
    }

    private static void Set(TensorProto tensor, string key, string value) =>
        tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
}
