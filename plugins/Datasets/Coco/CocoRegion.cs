using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Json;

namespace Pellucid.Plugins.Datasets.Coco;

/// <summary>A region with a COCO segmentation, which stays in its file until it is asked for.</summary>
internal sealed record CocoRegion(string Name, string Label, JsonSlice Annotation) : DatasetRegion(Name, Label)
{
    public override ValueTask<ImageMask> LoadAsync(int height, int width, CancellationToken cancellationToken = default)
    {
        try
        {
            using JsonDocument document = Annotation.Parse();
            JsonElement outline = JsonFields.Property(document.RootElement, "segmentation") ?? throw new FormatException("the file was changed while it was in use");
            return new ValueTask<ImageMask>(new ImageMask(height, width, CocoOutline.Fill(outline, height, width)));
        }
        catch (Exception e) when (e is FormatException or InvalidOperationException or OverflowException)
        {
            throw new PellucidException($"{Annotation.Location}: the segmentation of '{Name}' cannot be used: {e.Message}", e);
        }
    }
}
