namespace Pellucid.Graphs;

/// <summary>Facts about element types.</summary>
public static class ElementTypeExtensions
{
    /// <summary>Bytes an element takes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type is <see cref="ElementType.Unknown"/> or not defined.</exception>
    public static int SizeInBytes(this ElementType type) => type switch
    {
        ElementType.UInt8 or ElementType.Int8 or ElementType.Bool => 1,
        ElementType.Int16 or ElementType.Float16 or ElementType.BFloat16 => 2,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float64 or ElementType.Int64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "element type has no size"),
    };

    /// <summary>Whether gradients can flow through values of this type.</summary>
    public static bool IsFloatingPoint(this ElementType type) =>
        type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.BFloat16;
}
