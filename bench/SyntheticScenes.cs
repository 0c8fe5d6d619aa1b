using System.Text.Json;
using Pellucid.Abstractions.Images;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Bench;

/// <summary>A data set in COCO's layout: noise with one colored square an image, its outline, class and captions.</summary>
internal static class SyntheticScenes
{
    private const int Side = 256, SmallestSquare = 60, LargestSquare = 120, Noise = 64;

    private static readonly (string Name, byte[] Color)[] Colors =
        [("red", [220, 40, 40]), ("green", [40, 200, 60]), ("blue", [50, 70, 220]), ("yellow", [230, 220, 60]), ("purple", [150, 60, 190]), ("white", [240, 240, 240])];

    public static string Folder => Path.Combine(Repository.Cache, "scenes-seed3");

    /// <summary>Makes the folder unless it is there with so many images.</summary>
    public static void Ensure(int count)
    {
        string annotations = Path.Combine(Folder, "annotations.json"), last = PathOf(count - 1);
        if (File.Exists(annotations) && File.Exists(last)) return;
        Directory.CreateDirectory(Path.Combine(Folder, "images"));
        var numbers = new Seeded(3);
        var scenes = Enumerable.Range(0, count).Select(i =>
        {
            int size = SmallestSquare + numbers.Below(LargestSquare - SmallestSquare);
            return (Id: i, Color: numbers.Below(Colors.Length), X: numbers.Below(Side - size), Y: numbers.Below(Side - size), Size: size);
        }).ToArray();
        foreach ((int id, int color, int x, int y, int size) in scenes) File.WriteAllBytes(PathOf(id), PngEncoder.Encode(Draw(numbers, Colors[color].Color, x, y, size)));
        // Last, so that its presence says that all is there.
        File.WriteAllText(annotations, JsonSerializer.Serialize(new
        {
            images = scenes.Select(s => new
            {
                id = s.Id + 1, file_name = Path.GetRelativePath(Folder, PathOf(s.Id)), width = Side, height = Side, captions = new[] { $"a photo of {Phrase(s.Color)}", $"scene {s.Id}" },
            }),
            annotations = scenes.Select(s => new
            {
                id = s.Id + 1, image_id = s.Id + 1, category_id = s.Color + 1, bbox = new[] { s.X, s.Y, s.Size, s.Size }, area = s.Size * s.Size, iscrowd = 0, phrase = Phrase(s.Color),
                segmentation = new[] { new[] { s.X, s.Y, s.X + s.Size, s.Y, s.X + s.Size, s.Y + s.Size, s.X, s.Y + s.Size } },
            }),
            categories = Colors.Select((c, k) => new { id = k + 1, name = $"{c.Name} cube" }),
        }));
    }

    private static string PathOf(int id) => Path.Combine(Folder, "images", $"{id:D6}.png");

    private static string Phrase(int color) => $"a {Colors[color].Name} cube";

    private static DecodedImage Draw(Seeded numbers, byte[] color, int left, int top, int size)
    {
        byte[] pixels = new byte[Side * Side * 3];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)numbers.Below(Noise);
        for (int y = top; y < top + size; y++)
        {
            for (int x = left; x < left + size; x++) color.CopyTo(pixels, ((y * Side) + x) * 3);
        }

        return new DecodedImage(Side, Side, PixelMode.Rgb, pixels);
    }
}
