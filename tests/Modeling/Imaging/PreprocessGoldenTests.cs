using System.Globalization;
using System.Text.Json;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Checkpoints;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Preprocessing;
using Pellucid.TestSupport;

namespace Pellucid.Modeling.Tests.Imaging;

/// <summary>Every output of the suite "preprocess" but the CT volumes: bytes equal, floats equal bit for bit.</summary>
public class PreprocessGoldenTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Goldens, "preprocess");

    public static TheoryData<string, string> Cases()
    {
        var data = new TheoryData<string, string>();
        foreach (string file in new[] { "preprocess.safetensors", "medclip.safetensors" })
        {
            foreach (string key in SafetensorsReader.Open(Path.Combine(Folder, file)).Weights.Keys.Order(StringComparer.Ordinal)) data.Add(file, key);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Equals_the_published_pipeline_bit_for_bit(string file, string key)
    {
        HostTensor expected = SafetensorsReader.Read(Path.Combine(Folder, file), key);
        string[] parts = key.Split('/');
        DecodedImage image = ImageDecoder.Decode(Path.Combine(Folder, "images", parts[0] + ".png"));

        HostTensor actual = Compute(image, parts[1]);

        Assert.Equal(expected.ElementType, actual.ElementType);
        Assert.Equal(expected.Shape, actual.Shape);
        Assert.True(expected.Bytes.SequenceEqual(actual.Bytes), $"{key}: first difference at byte {expected.Bytes.CommonPrefixLength(actual.Bytes)}");
    }

    [Fact]
    public void All_images_of_the_manifest_are_covered()
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "manifest.json")));
        string[] images = [.. manifest.RootElement.GetProperty("images").EnumerateArray().Select(e => e.GetString()!)];
        Assert.All(images, image => Assert.Contains(Cases(), c => c.Data.Item2.StartsWith(image + "/clip_48", StringComparison.Ordinal)));
    }

    private static HostTensor Compute(DecodedImage image, string output) => output switch
    {
        "clip_48" => Floats(image, PreprocessingPresets.OpenAiClip(48)),
        "clip_resized_u8" => Bytes(PillowConvert.ToRgb(ImagePreprocessor.Resize(image, PreprocessingPresets.OpenAiClip(48)).Image)),
        "hf_clip_48" => Floats(image, PreprocessingPresets.HuggingFaceClip(48)),
        "blip_48" => Floats(image, PreprocessingPresets.Blip(48)),
        "hf_vit_48" => Floats(image, PreprocessingPresets.HuggingFaceVit(48)),
        "timm_vit_48" => Floats(image, PreprocessingPresets.TimmVit(48)),
        "clip_224_u8" => Bytes(ImagePreprocessor.Run(image, PreprocessingPresets.HuggingFaceClip(224) with { Crop = CropRule.OpenAi }).Bytes),
        "medclip_48" => Floats(image, PreprocessingPresets.MedClip(48)),
        "medclip_224" => Floats(image, PreprocessingPresets.MedClip(224)),
        "medclip_dataset_48" => Floats(image, PreprocessingPresets.MedClipDataset(48)),
        "medclip_pad_u8" => Bytes(Padded(image)),
        _ => Bytes(PillowResize.Resize(image, 40, 37, Enum.Parse<Resample>(output.Split('_')[1], ignoreCase: true))),
    };

    /// <summary>The padded square is the result when the size asked is that of the square itself.</summary>
    private static DecodedImage Padded(DecodedImage image) =>
        ImagePreprocessor.Run(image, PreprocessingPresets.MedClip(Math.Max(48, Math.Max(image.Width, image.Height)))).Bytes;

    private static HostTensor Floats(DecodedImage image, PreprocessingSpec spec)
    {
        HostTensor pixels = ImagePreprocessor.Run(image, spec).Pixels;
        Assert.Equal(1, pixels.Shape[0]);
        return pixels.Reshape(pixels.Shape[1], pixels.Shape[2], pixels.Shape[3]);
    }

    private static HostTensor Bytes(DecodedImage image) => image.Mode.Channels() == 1
        ? HostTensor.Of(image.Pixels.ToArray(), image.Height, image.Width)
        : HostTensor.Of(image.Pixels.ToArray(), image.Height, image.Width, image.Mode.Channels());
}
