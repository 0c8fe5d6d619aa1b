using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Host.Output;
using Pellucid.Host.Reports;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Demo;

/// <summary>Writes the demo's folder: page, pictures, maps and numbers.</summary>
public static class DemoFiles
{
    /// <summary>File that only a complete demo folder has.</summary>
    public const string Marker = "demo.json";

    /// <summary>Writes all files; the folder appears when they are complete.</summary>
    /// <param name="output">Folder of the results, begun with <see cref="Marker"/>.</param>
    /// <param name="result">What was found.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="PellucidException">The folder cannot be written.</exception>
    public static void Write(OutputFolder output, DemoResult result, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(result);
        OverlayStyle style = new(ColorMap.Ember);
        SortedDictionary<string, HostTensor> maps = new(StringComparer.Ordinal);
        Dictionary<string, byte[]> pictures = new(StringComparer.Ordinal);
        List<DecodedImage> tiles = [];
        for (int s = 0; s < result.Scenes.Count; s++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            DemoScene scene = result.Scenes[s];
            tiles.Add(Outlined(style.Enlarge(scene.Image), scene));
            pictures[$"{s}"] = PngEncoder.Encode(tiles[^1]);
            for (int e = 0; e < scene.Results.Count; e++)
            {
                (Abstractions.Explanations.Explanation explanation, HostTensor map, _) = scene.Results[e];
                maps[$"{s}/{e}"] = explanation.Image!.Map;
                maps[$"{s}/{e}/image"] = map;
                tiles.Add(Outlined(style.Draw(scene.Image, map, explanation.Image.Signed), scene));
                byte[] png = PngEncoder.Encode(tiles[^1]);
                pictures[$"{s}/{e}"] = png;
                output.Write(ResultFiles.Overlay(s, 0, e), png);
            }
        }

        output.Write(ResultFiles.Montage, PngEncoder.Encode(Montage.Tile(tiles, columns: 2 * (1 + result.Tallies.Count))));
        SafetensorsWriter.Write(output.PathOf(ResultFiles.Maps), maps);
        output.Write(ResultFiles.Report, DemoPage.Render(result, pictures));
        output.Write(Marker, DemoJson.ToBytes(result));
        output.Commit();
    }

    /// <summary>A picture with the outline of the true object.</summary>
    private static DecodedImage Outlined(DecodedImage picture, DemoScene scene)
    {
        int factor = picture.Width / scene.Image.Width;
        bool[] mask = new bool[picture.Width * picture.Height];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++) mask[(y * picture.Width) + x] = scene.Object.Mask[(y / factor * scene.Image.Width) + (x / factor)];
        }

        return Outline.Mask(picture, mask, RgbColor.White, thickness: 2);
    }
}
