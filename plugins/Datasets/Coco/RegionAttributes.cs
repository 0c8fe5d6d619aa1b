using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>What annotations say of their regions beyond COCO.</summary>
internal static class RegionAttributes
{
    /// <summary>The texts of <c>attributes</c> by name, and the words of <c>position</c>; what is neither is not understood and left out.</summary>
    public static IReadOnlyList<RegionAttribute> Read(JsonElement annotation)
    {
        List<RegionAttribute> attributes = [];
        if (JsonFields.Property(annotation, "attributes") is { ValueKind: JsonValueKind.Object } named)
        {
            foreach (string name in JsonFields.Names(named))
            {
                if (JsonFields.Text(named, name) is { } value) attributes.Add(new RegionAttribute(name, value));
                else attributes.AddRange((JsonFields.Texts(named, name) ?? []).Select(v => new RegionAttribute(name, v)));
            }
        }

        attributes.AddRange((JsonFields.Texts(annotation, "position") ?? []).Select(v => new RegionAttribute("position", v)));
        return attributes;
    }
}
