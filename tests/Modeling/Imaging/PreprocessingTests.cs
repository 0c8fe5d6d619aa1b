using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Preprocessing;

namespace Pellucid.Modeling.Tests.Imaging;

public class PreprocessingTests
{
    private const string Clip = """
        {"image_processor_type": "CLIPImageProcessor", "do_resize": true, "size": {"shortest_edge": 64}, "resample": 3, "do_center_crop": true,
         "crop_size": {"height": 64, "width": 64}, "do_rescale": true, "rescale_factor": 0.00392156862745098, "do_normalize": true,
         "image_mean": [0.48145466, 0.4578275, 0.40821073], "image_std": [0.26862954, 0.26130258, 0.27577711], "do_convert_rgb": true}
        """;

    [Fact]
    public void A_clip_file_equals_the_preset() => Same(PreprocessingPresets.HuggingFaceClip(64), Read(Clip));

    [Theory]
    [InlineData("""{"feature_extractor_type": "CLIPFeatureExtractor", "size": 224, "crop_size": 224}""", ResizeMode.ShortestEdge, 224, CropRule.HuggingFace)]
    [InlineData("""{"image_processor_type": "ViTImageProcessorFast", "size": 384}""", ResizeMode.Squash, 384, CropRule.None)]
    [InlineData("""{"image_processor_type": "ViTFeatureExtractor", "size": [96, 96], "resample": 3}""", ResizeMode.Squash, 96, CropRule.None)]
    [InlineData("""{"image_processor_type": "BlipImageProcessor", "size": {"height": 384, "width": 384}}""", ResizeMode.Squash, 384, CropRule.None)]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "do_center_crop": false, "size": {"height": 32, "width": 32}}""", ResizeMode.Squash, 32, CropRule.None)]
    [InlineData("""{"image_processor_type": "DeiTImageProcessor"}""", ResizeMode.Squash, 256, CropRule.HuggingFace)]
    public void Sizes_mean_what_their_processor_means(string json, ResizeMode resize, int size, CropRule crop)
    {
        PreprocessingSpec spec = Read(json);
        Assert.Equal((resize, size, size, crop), (spec.Resize, spec.Width, spec.Height, spec.Crop));
    }

    [Fact]
    public void A_medclip_file_repeats_its_one_channel()
    {
        PreprocessingSpec spec = Read("""
            {"feature_extractor_type": "MedCLIPFeatureExtractor", "do_convert_rgb": false, "do_pad_square": true, "pad_fill": 0, "size": 112, "resample": 3,
             "crop_size": 112, "image_mean": [0.5862785803043838], "image_std": [0.27950088968644304], "num_channels_in": 1, "replicate_to_channels": 3}
            """);
        HostTensor pixels = ImagePreprocessor.Run(Gradient(130, 70), spec).Pixels;
        Assert.Equal(new TensorShape(1, 3, 112, 112), pixels.Shape);
        Assert.True(pixels.Floats[..(112 * 112)].SequenceEqual(pixels.Floats[(2 * 112 * 112)..]));
        HostTensor one = ImagePreprocessor.Run(Gradient(130, 70), PreprocessingPresets.MedClip(112)).Pixels;
        Assert.True(one.Floats.SequenceEqual(pixels.Floats[..(112 * 112)]));
    }

    [Theory]
    [InlineData("""{"size": 224}""", "image_processor_type is missing")]
    [InlineData("""{"image_processor_type": "FooProcessor"}""", "FooProcessor")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "resample": 9}""", "resampling filter 9")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "size": {"longest_edge": 9}}""", "size is none of")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "size": -1}""", "size (width) -1")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "size": 1e9}""", "size is no whole number")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "image_std": [1, 0, 1]}""", "std is not above 0")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "image_mean": [1, 0]}""", "image_mean has 2 values, not 3")]
    [InlineData("""{"image_processor_type": "CLIPImageProcessor", "do_resize": 1}""", "do_resize is neither")]
    [InlineData("[1]", "no JSON object")]
    [InlineData("{", "cannot be read as JSON")]
    public void A_bad_file_is_refused_with_its_key(string json, string part) =>
        Assert.Contains(part, Assert.Throws<PellucidException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_missing_file_is_named() => Assert.Contains(
        "nowhere.json", Assert.Throws<PellucidException>(() => HuggingFacePreprocessing.Read("nowhere.json")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(101, 67, 104, 64)] // 101 / 8 = 12.6, 67 / 8 = 8.4
    [InlineData(100, 3, 104, 8)] // 12.5 goes up; never less than one patch
    public void Keep_size_rounds_each_side_to_patches(int width, int height, int expectedWidth, int expectedHeight)
    {
        PreprocessedImage result = ImagePreprocessor.Run(Gradient(width, height), PreprocessingPresets.OpenAiClip(48).KeepSize(8));
        Assert.Equal(new TensorShape(1, 3, expectedHeight, expectedWidth), result.Pixels.Shape);
        Assert.Equal((width, height), result.Geometry.ToSource(expectedWidth, expectedHeight));
    }

    [Fact]
    public void Keep_aspect_makes_the_shorter_side_the_models()
    {
        HostTensor pixels = ImagePreprocessor.Run(Gradient(200, 101), PreprocessingPresets.HuggingFaceClip(48).KeepAspect(8)).Pixels;
        Assert.Equal(new TensorShape(1, 3, 48, 96), pixels.Shape);
    }

    [Theory]
    [InlineData(51, CropRule.OpenAi, 2)]
    [InlineData(51, CropRule.HuggingFace, 1)]
    [InlineData(53, CropRule.OpenAi, 2)]
    [InlineData(55, CropRule.OpenAi, 4)]
    [InlineData(55, CropRule.HuggingFace, 3)]
    public void The_crop_starts_where_the_published_one_does(int width, CropRule rule, int start)
    {
        PreprocessingSpec spec = PreprocessingPresets.OpenAiClip(48) with { Crop = rule };
        ImageGeometry geometry = ImagePreprocessor.Run(Gradient(width, 48), spec).Geometry;
        Assert.Equal((start, 0.0, 1.0), (geometry.OffsetX, geometry.OffsetY, geometry.ScaleX));
    }

    [Theory]
    [InlineData(CropRule.OpenAi, 1)]
    [InlineData(CropRule.HuggingFace, 2)]
    public void A_too_small_image_is_padded_with_zeros(CropRule rule, int before)
    {
        var spec = PreprocessingPresets.OpenAiClip(48) with { Resize = ResizeMode.None, Crop = rule, CropWidth = 8, CropHeight = 8 };
        PreprocessedImage result = ImagePreprocessor.Run(new DecodedImage(5, 8, PixelMode.Gray, Enumerable.Repeat((byte)9, 40).ToArray()), spec);
        byte[] row = [.. result.Bytes.Pixels.ToArray().Where((_, i) => i % 3 == 0).Take(8)];
        Assert.Equal([.. Enumerable.Repeat((byte)0, before), 9, 9, 9, 9, 9, .. Enumerable.Repeat((byte)0, 3 - before)], row);
        Assert.Equal(-before, result.Geometry.OffsetX);
    }

    [Fact]
    public void Padding_and_cropping_show_in_the_geometry()
    {
        ImageGeometry padded = ImagePreprocessor.Run(Gradient(100, 60), PreprocessingPresets.MedClip(50)).Geometry;
        Assert.Equal(new ImageGeometry(100, 60, 50, 50, 0, -20, 2, 2), padded);
        ImageGeometry cropped = ImagePreprocessor.Run(Gradient(200, 100), PreprocessingPresets.OpenAiClip(50)).Geometry;
        Assert.Equal(new ImageGeometry(200, 100, 50, 50, 50, 0, 2, 2), cropped);
        Assert.Equal((25.0, 25.0), cropped.ToInput(100, 50));
    }

    [Fact]
    public void A_strip_does_not_unfold_to_gigabytes() => Assert.Contains(
        "more than the", Assert.Throws<PellucidException>(() => ImagePreprocessor.Run(Gradient(30000, 1), PreprocessingPresets.OpenAiClip(224))).Message, StringComparison.Ordinal);

    private static PreprocessingSpec Read(string json) => HuggingFacePreprocessing.Parse(json, "preprocessor_config.json");

    private static void Same(PreprocessingSpec expected, PreprocessingSpec actual)
    {
        Assert.Equal(expected.Mean, actual.Mean);
        Assert.Equal(expected.Std, actual.Std);
        Assert.Equal(expected with { Mean = expected.Mean, Name = "" }, actual with { Mean = expected.Mean, Std = expected.Std, Name = "" });
    }

    private static DecodedImage Gradient(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        for (int i = 0; i < pixels.Length; i++) pixels[i] = (byte)(i * 31 % 251);
        return new DecodedImage(width, height, PixelMode.Rgb, pixels);
    }
}
