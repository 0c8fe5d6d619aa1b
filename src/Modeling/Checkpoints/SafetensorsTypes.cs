using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>Names of element types in .safetensors headers.</summary>
internal static class SafetensorsTypes
{
    private static readonly Dictionary<string, ElementType> ByName = new(StringComparer.Ordinal)
    {
        ["F64"] = ElementType.Float64,
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["I64"] = ElementType.Int64,
        ["I32"] = ElementType.Int32,
        ["I16"] = ElementType.Int16,
        ["I8"] = ElementType.Int8,
        ["U8"] = ElementType.UInt8,
        ["BOOL"] = ElementType.Bool,
    };

    private static readonly Dictionary<ElementType, string> Names = ByName.ToDictionary(p => p.Value, p => p.Key);

    /// <summary>All names, for messages.</summary>
    internal static string Known => string.Join(", ", ByName.Keys);

    internal static bool TryParse(string name, out ElementType type) => ByName.TryGetValue(name, out type);

    internal static string NameOf(ElementType type) =>
        Names.TryGetValue(type, out string? name) ? name : throw new ArgumentOutOfRangeException(nameof(type), type, "cannot be stored");
}
