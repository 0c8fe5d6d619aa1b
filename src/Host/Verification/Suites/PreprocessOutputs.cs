using System.Globalization;
using System.Text.RegularExpressions;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Preprocessing;

namespace Pellucid.Host.Verification.Suites;

/// <summary>The table from output names of the suite "preprocess" to pipelines; sizes are part of the names.</summary>
internal static partial class PreprocessOutputs
{
    // A reference file must not make this program compute images without end.
    private const int LargestSide = 4096;

    /// <summary>What computes an output; null where the name is not known.</summary>
    /// <param name="output">Name, such as <c>hf_clip_48</c>.</param>
    /// <param name="size">The manifest's size, for outputs whose names have none.</param>
    public static Func<DecodedImage, HostTensor>? Find(string output, int? size)
    {
        if (Resized().Match(output) is { Success: true } resized)
        {
            (int width, int height) = (Number(resized, "width"), Number(resized, "height"));
            return Enum.TryParse(resized.Groups["filter"].Value, ignoreCase: true, out Resample filter) && Fits(width) && Fits(height)
                ? image => Bytes(PillowResize.Resize(image, width, height, filter))
                : null;
        }

        if (Sized().Match(output) is { Success: true } sized && Fits(Number(sized, "size")))
            return Pipeline(sized.Groups["name"].Value + sized.Groups["bytes"].Value, Number(sized, "size"));
        return size is { } common && Fits(common) ? Pipeline(output, common) : null;
    }

    private static Func<DecodedImage, HostTensor>? Pipeline(string name, int size) => name switch
    {
        "clip" => Values(PreprocessingPresets.OpenAiClip(size)),
        "hf_clip" => Values(PreprocessingPresets.HuggingFaceClip(size)),
        "blip" => Values(PreprocessingPresets.Blip(size)),
        "hf_vit" => Values(PreprocessingPresets.HuggingFaceVit(size)),
        "timm_vit" => Values(PreprocessingPresets.TimmVit(size)),
        "medclip" => Values(PreprocessingPresets.MedClip(size)),
        "medclip_dataset" => Values(PreprocessingPresets.MedClipDataset(size)),
        "clip_resized_u8" => image => Bytes(PillowConvert.ToRgb(ImagePreprocessor.Resize(image, PreprocessingPresets.OpenAiClip(size)).Image)),
        "clip_u8" => image => Bytes(ImagePreprocessor.Run(image, PreprocessingPresets.OpenAiClip(size) with { ColorOrder = ColorOrder.BeforeResize }).Bytes),

        // The padded square is the pipeline's result when the size asked for is the square's own.
        "medclip_pad_u8" => image => Bytes(ImagePreprocessor.Run(image, PreprocessingPresets.MedClip(Math.Max(size, Math.Max(image.Width, image.Height)))).Bytes),
        _ => null,
    };

    private static Func<DecodedImage, HostTensor> Values(PreprocessingSpec spec) => image =>
    {
        HostTensor pixels = ImagePreprocessor.Run(image, spec).Pixels;
        return pixels.Reshape(pixels.Shape[1], pixels.Shape[2], pixels.Shape[3]);
    };

    private static HostTensor Bytes(DecodedImage image) => image.Mode.Channels() == 1
        ? HostTensor.Of(image.Pixels.ToArray(), image.Height, image.Width)
        : HostTensor.Of(image.Pixels.ToArray(), image.Height, image.Width, image.Mode.Channels());

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    private static bool Fits(int side) => side is > 0 and <= LargestSide;

    [GeneratedRegex("^pil_(?<filter>[a-z]+)_(?<width>\\d{1,5})x(?<height>\\d{1,5})_u8$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Resized();

    [GeneratedRegex("^(?<name>[a-z_]+)_(?<size>\\d{1,5})(?<bytes>_u8)?$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Sized();
}
