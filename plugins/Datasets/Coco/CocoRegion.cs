using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>A region with a COCO outline: polygons, run lengths, or run lengths packed into a text.</summary>
internal sealed record CocoRegion(string Name, string Label, JsonElement Outline, DatasetLocation Location) : DatasetRegion(Name, Label)
{
    public override ValueTask<ImageMask> LoadAsync(int height, int width, CancellationToken cancellationToken = default)
    {
        try
        {
            bool[] pixels = Outline.ValueKind == JsonValueKind.Array
                ? Polygons.Fill([.. Outline.EnumerateArray().Select(p => CocoJson.Numbers(p) ?? throw new FormatException("a polygon is a list of numbers"))], height, width)
                : Runs(height, width);
            return new ValueTask<ImageMask>(new ImageMask(height, width, pixels));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or OverflowException)
        {
            throw new PellucidException($"{Location}: the segmentation of '{Name}' cannot be used: {e.Message}", e);
        }
    }

    private bool[] Runs(int height, int width)
    {
        if (CocoJson.Property(Outline, "size") is not { } size || CocoJson.Numbers(size) is not [double rows, double columns]) throw new FormatException("its size is not two numbers");
        if (rows != height || columns != width) throw new FormatException($"it is for {columns} x {rows} pixels, the image has {width} x {height}");
        return CocoJson.Property(Outline, "counts") switch
        {
            { ValueKind: JsonValueKind.String } packed => RunLengths.Decode(RunLengths.Unpack(packed.GetString()!), height, width),
            { ValueKind: JsonValueKind.Array } list when CocoJson.Numbers(list) is { } counts => RunLengths.Decode([.. counts.Select(c => checked((long)c))], height, width),
            _ => throw new FormatException("its counts are neither a list of numbers nor a text"),
        };
    }
}
