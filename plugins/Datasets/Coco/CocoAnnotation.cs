using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>One annotation: an object of an image, with its outline where there is one, else its box.</summary>
internal sealed record CocoAnnotation(long Image, string Name, string Label, JsonElement? Outline, double[]? Box, IReadOnlyList<RegionAttribute> Attributes, DatasetLocation Location)
{
    public static CocoAnnotation? Read(JsonElement entry, Dictionary<long, string> categories, DatasetLocation location, out string problem)
    {
        problem = string.Empty;
        if (CocoJson.Id(entry, "image_id") is not { } image) problem = "an annotation needs an image_id (a number)";
        else if (CocoJson.Id(entry, "category_id") is not { } category || !categories.TryGetValue(category, out string? label)) problem = "its category_id is none of the categories";
        else
        {
            JsonElement? outline = CocoJson.Property(entry, "segmentation") is { ValueKind: JsonValueKind.Object or JsonValueKind.Array } found ? found.Clone() : null;
            double[]? box = CocoJson.Property(entry, "bbox") is { } list ? CocoJson.Numbers(list) : null;
            if (outline is null && box is not { Length: 4 }) problem = "it has neither a segmentation nor a bbox of four numbers";
            else return new CocoAnnotation(image, CocoJson.Text(entry, "phrase") ?? label, label, outline, box, ReadAttributes(entry), location);
        }

        return null;
    }

    public DatasetRegion ToRegion() => Outline is { } outline
        ? new CocoRegion(Name, Label, outline, Location) { Attributes = Attributes }
        : new BoxRegion(Name, Label, Box![0], Box[1], Box[2], Box[3]) { Attributes = Attributes };

    /// <summary>The texts of <c>attributes</c> by name, and the words of <c>position</c>; what is neither is not understood and left out.</summary>
    private static IReadOnlyList<RegionAttribute> ReadAttributes(JsonElement entry)
    {
        List<RegionAttribute> attributes = [];
        if (CocoJson.Property(entry, "attributes") is { ValueKind: JsonValueKind.Object } named)
        {
            foreach (JsonProperty attribute in named.EnumerateObject())
            {
                if (attribute.Value.ValueKind == JsonValueKind.String) attributes.Add(new RegionAttribute(attribute.Name, attribute.Value.GetString()!));
                else attributes.AddRange((CocoJson.Texts(named, attribute.Name) ?? []).Select(v => new RegionAttribute(attribute.Name, v)));
            }
        }

        attributes.AddRange((CocoJson.Texts(entry, "position") ?? []).Select(v => new RegionAttribute("position", v)));
        return attributes;
    }
}
