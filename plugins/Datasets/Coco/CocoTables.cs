using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>The lists of an annotation file, by image.</summary>
internal sealed record CocoTables(IReadOnlyList<JsonElement> Images, ILookup<long, CocoAnnotation> Annotations, ILookup<long, string> Captions)
{
    private static readonly string[] CaptionLists = ["captions", "caption_annotations", "annotations"];

    public static CocoTables Read(JsonElement root, string file, DatasetRequest request)
    {
        if (CocoJson.Property(root, "images") is not { ValueKind: JsonValueKind.Array })
            throw new PellucidException($"{file}: there is no list of images in it; a COCO file has the lists images, annotations and categories");
        Dictionary<long, string> categories = [];
        foreach (JsonElement category in CocoJson.List(root, "categories"))
        {
            if (CocoJson.Id(category, "id") is { } id && CocoJson.Text(category, "name") is { } name) categories[id] = name;
        }

        List<CocoAnnotation> annotations = [];
        int index = 0;
        foreach (JsonElement entry in CocoJson.List(root, "annotations"))
        {
            DatasetLocation location = new(file, Record: $"annotations[{index++}]");
            if (CocoJson.Property(entry, "caption") is not null) continue;
            if (CocoAnnotation.Read(entry, categories, location, out string problem) is { } annotation) annotations.Add(annotation);
            else request.Reject(location, problem);
        }

        ILookup<long, string> captions = CaptionLists.SelectMany(list => CocoJson.List(root, list))
            .Select(c => (Image: CocoJson.Id(c, "image_id"), Caption: CocoJson.Text(c, "caption")))
            .Where(c => c is { Image: not null, Caption: not null })
            .ToLookup(c => c.Image!.Value, c => c.Caption!);
        return new CocoTables(CocoJson.List(root, "images"), annotations.ToLookup(a => a.Image), captions);
    }
}
