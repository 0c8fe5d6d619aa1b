using System.Text.Json;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>Segmentations: polygons, run lengths, or run lengths packed into a text.</summary>
internal static class CocoOutline
{
    /// <summary>What is wrong with a segmentation, as far as can be said without the image; null where nothing is.</summary>
    public static string? Problem(JsonElement outline)
    {
        if (outline.ValueKind == JsonValueKind.Array)
            return outline.GetArrayLength() == 0 ? "its segmentation has no polygon" : outline.EnumerateArray().Any(p => JsonFields.Numbers(p) is not { Length: >= 6 } corners || corners.Length % 2 != 0) ? "a polygon of its segmentation is no list of at least three corners, each of two numbers" : null;
        if (JsonFields.Property(outline, "size") is not { } size || JsonFields.Numbers(size) is not [> 0, > 0]) return "the size of its segmentation is not two numbers above 0";
        return JsonFields.Property(outline, "counts") is { ValueKind: JsonValueKind.Array or JsonValueKind.String } ? null : "the counts of its segmentation are neither a list of numbers nor a text";
    }

    /// <summary>The mask [height, width], row-major.</summary>
    /// <exception cref="FormatException">The segmentation does not fit the image.</exception>
    /// <exception cref="OverflowException">Run lengths are too large.</exception>
    public static bool[] Fill(JsonElement outline, int height, int width)
    {
        if (outline.ValueKind == JsonValueKind.Array)
            return Polygons.Fill([.. outline.EnumerateArray().Select(p => JsonFields.Numbers(p) ?? throw new FormatException("a polygon is a list of numbers"))], height, width);
        if (JsonFields.Property(outline, "size") is not { } size || JsonFields.Numbers(size) is not [double rows, double columns]) throw new FormatException("its size is not two numbers");
        if (rows != height || columns != width) throw new FormatException($"it is for {columns} x {rows} pixels, the image has {width} x {height}");
        return JsonFields.Property(outline, "counts") switch
        {
            { ValueKind: JsonValueKind.String } packed => RunLengths.Decode(RunLengths.Unpack(packed.GetString()!), height, width),
            { ValueKind: JsonValueKind.Array } list when JsonFields.Numbers(list) is { } counts && counts.All(double.IsInteger) => RunLengths.Decode([.. counts.Select(c => (long)c)], height, width),
            _ => throw new FormatException("its counts are neither a list of whole numbers nor a text"),
        };
    }
}
