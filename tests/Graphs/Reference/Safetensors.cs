using System.Buffers.Binary;
using System.Text.Json;

namespace Pellucid.Graphs.Tests.Reference;

/// <summary>Reference data files.</summary>
internal static class Safetensors
{
    /// <summary>The tensors of a file, as weights that lie in it.</summary>
    public static Dictionary<string, FileWeight> Open(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        long header = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        using JsonDocument json = JsonDocument.Parse(bytes.AsMemory(8, (int)header));
        return json.RootElement.EnumerateObject().Where(p => p.Name != "__metadata__").ToDictionary(
            p => p.Name,
            p => new FileWeight(
                new TensorType(p.Value.GetProperty("dtype").GetString() == "F32" ? ElementType.Float32 : ElementType.Int64, new TensorShape([.. p.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64())])),
                path,
                8 + header + p.Value.GetProperty("data_offsets")[0].GetInt64()),
            StringComparer.Ordinal);
    }
}
