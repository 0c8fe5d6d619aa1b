using System.Security.Cryptography;
using System.Text.Json;
using Pellucid.Abstractions.Images;
using Pellucid.Modeling.Imaging;
using Pellucid.TestSupport;

namespace Pellucid.Modeling.Tests.Imaging;

/// <summary>Files of every format, bit depth and colour mode against what Pillow 9.4 makes of them (Goldens/image-formats).</summary>
public class ImageFormatTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Goldens, "image-formats");

    public static TheoryData<string> Files()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")));
        return [.. manifest.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("file").GetString()!)];
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Opens_as_Pillow_does(string file)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "expected.json")));
        JsonElement expected = manifest.RootElement.GetProperty("cases").EnumerateArray().Single(c => string.Equals(c.GetProperty("file").GetString(), file, StringComparison.Ordinal));
        string path = Path.Combine(Folder, file);

        DecodedImage image = ImageDecoder.Decode(path);

        Assert.Equal(expected.GetProperty("mode").GetString(), PillowName(image.Mode, file));
        Assert.Equal((expected.GetProperty("width").GetInt32(), expected.GetProperty("height").GetInt32()), (image.Width, image.Height));
        Assert.Equal(expected.GetProperty("exif").GetInt32(), image.Orientation);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))), image.ContentHash);
        Assert.Equal(expected.GetProperty("rgb").GetString(), Hash(PillowConvert.ToRgb(image)));
        Assert.Equal(expected.GetProperty("l").GetString(), Hash(PillowConvert.ToGray(image)));
        foreach (Resample resample in Enum.GetValues<Resample>())
        {
            // Pillow refuses to resize "I;16"; here it is widened to "I" first.
            if (!expected.TryGetProperty($"resized_{resample.ToString().ToLowerInvariant()}", out JsonElement hash)) continue;
            DecodedImage resized = PillowResize.Resize(image, 23, 41, resample);
            Assert.True(string.Equals(hash.GetString(), Hash(PillowConvert.ToRgb(resized)), StringComparison.Ordinal), $"{file} resized by {resample}");
        }
    }

    [Fact]
    public void Every_mode_is_covered()
    {
        IEnumerable<PixelMode> modes = Files().Select(f => ImageDecoder.Decode(Path.Combine(Folder, f.Data)).Mode).Distinct();
        Assert.Equal(Enum.GetValues<PixelMode>(), modes.Order());
    }

    private static string PillowName(PixelMode mode, string file) => mode switch
    {
        PixelMode.Gray => "L",
        PixelMode.GrayAlpha => "LA",
        PixelMode.Rgb => "RGB",
        PixelMode.Rgba => "RGBA",
        PixelMode.Palette => "P",
        PixelMode.Bilevel => "1",
        PixelMode.Integer => file switch { "i16.tif" => "I;16", "i16-b.tif" => "I;16B", _ => "I" },
        PixelMode.Float => "F",
        PixelMode.Cmyk => "CMYK",
        _ => throw new ArgumentOutOfRangeException(nameof(mode)),
    };

    private static string Hash(DecodedImage image) => Convert.ToHexStringLower(SHA256.HashData(image.Pixels.Span));
}
