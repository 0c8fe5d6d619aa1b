using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>An annotation as it counts for its image: a caption or a region.</summary>
/// <param name="Caption">A text about the image; null where it is about a region.</param>
/// <param name="Region">A region; null where it is a caption.</param>
internal sealed record CocoAnnotation(string? Caption, DatasetRegion? Region)
{
    /// <summary>Reads an annotation; null where it cannot be used.</summary>
    public static CocoAnnotation? Read(JsonElement entry, JsonSlice slice, Dictionary<long, string> categories, out string problem)
    {
        problem = string.Empty;
        if (JsonFields.Property(entry, "caption") is not null)
        {
            if (JsonFields.Text(entry, "caption") is { } caption && !string.IsNullOrWhiteSpace(caption)) return new CocoAnnotation(caption.Trim(), null);
            problem = "its caption is no text";
            return null;
        }

        double[]? box = JsonFields.Property(entry, "bbox") is { } list ? JsonFields.Numbers(list) : null;
        if (JsonFields.Id(entry, "category_id") is not { } category || !categories.TryGetValue(category, out string? label)) problem = "its category_id is none of the categories";
        else if (JsonFields.Property(entry, "segmentation") is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } outline)
        {
            problem = CocoOutline.Problem(outline) ?? string.Empty;
            if (problem.Length == 0) return new CocoAnnotation(null, new CocoRegion(JsonFields.Text(entry, "phrase") ?? label, label, slice) { Attributes = RegionAttributes.Read(entry) });
        }
        else if (box is not { Length: 4 }) problem = "it has neither a segmentation nor a bbox of four numbers";
        else if (box[2] <= 0 || box[3] <= 0) problem = $"its bbox is {box[2]} wide and {box[3]} high";
        else return new CocoAnnotation(null, new BoxRegion(JsonFields.Text(entry, "phrase") ?? label, label, box[0], box[1], box[2], box[3]) { Attributes = RegionAttributes.Read(entry) });
        return null;
    }
}
