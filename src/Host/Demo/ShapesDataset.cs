using System.Text.Json;
using Pellucid.Graphs;

namespace Pellucid.Host.Demo;

/// <summary>Reads the embedded data set of colored shapes (annotations.json in COCO's form).</summary>
public static class ShapesDataset
{
    /// <summary>All scenes in the order of the file.</summary>
    /// <exception cref="PellucidException">The folder holds no such data set.</exception>
    public static IReadOnlyList<ShapesScene> Read(string folder)
    {
        string path = Path.Combine(folder, "annotations.json");
        if (!File.Exists(path)) throw new PellucidException($"the embedded data set is not in '{folder}': rebuild the host, which copies it there");
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            ILookup<long, ShapesObject> objects = json.RootElement.GetProperty("annotations").EnumerateArray().ToLookup(
                a => a.GetProperty("image_id").GetInt64(),
                a => new ShapesObject(a.GetProperty("phrase").GetString()!, DecodeMask(a.GetProperty("segmentation"))));
            return [.. json.RootElement.GetProperty("images").EnumerateArray().Select(i => new ShapesScene(
                Path.Combine(folder, i.GetProperty("file_name").GetString()!),
                [.. objects[i.GetProperty("id").GetInt64()]]))];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or IOException)
        {
            throw new PellucidException($"{path} is no data set of shapes: {e.Message}", e);
        }
    }

    /// <summary>COCO's uncompressed run lengths: background and object by turns, column by column.</summary>
    private static bool[] DecodeMask(JsonElement segmentation)
    {
        int height = segmentation.GetProperty("size")[0].GetInt32(), width = segmentation.GetProperty("size")[1].GetInt32();
        bool[] mask = new bool[height * width];
        int position = 0;
        bool inside = false;
        foreach (JsonElement run in segmentation.GetProperty("counts").EnumerateArray())
        {
            for (int end = position + run.GetInt32(); position < end; position++)
            {
                if (position >= mask.Length) throw new InvalidOperationException($"a mask of {width} x {height} pixels has run lengths beyond its end");
                mask[(position % height * width) + (position / height)] = inside;
            }

            inside = !inside;
        }

        return mask;
    }
}
