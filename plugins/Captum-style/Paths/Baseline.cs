using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Images that stand for "nothing there", in the model's normalized pixels.</summary>
internal static class Baseline
{
    /// <summary>Draw that replaces a baseline: [1, C, H, W], [C, H, W], or a value for each channel [C].</summary>
    public const string DrawName = "baseline";

    /// <summary>Name of the one that is drawn.</summary>
    public const string Random = "random";

    /// <summary>What a user may name.</summary>
    public const string Known = "zero, black, white, random, blur";

    /// <summary>Name of one that is read from a file.</summary>
    public const string Image = "image";

    /// <summary>Whether a text names a baseline that needs no file.</summary>
    public static bool IsNamed(string text) => Known.Split(", ").Contains(text, StringComparer.Ordinal);

    /// <summary>What is wrong with an option <c>baseline</c> and the file beside it; null where nothing is.</summary>
    public static string? Fault(string name, string? image) => name switch
    {
        Image => string.IsNullOrWhiteSpace(image) ? "baseline=image needs the file: baseline-image=FILE" : null,
        _ when !IsNamed(name) => $"baseline cannot be '{name}': known are {Known}, {Image}",
        _ => image is null ? null : $"baseline-image is read with baseline=image alone, and baseline is {name}",
    };

    /// <summary>A baseline for an image, where need be from a file.</summary>
    /// <inheritdoc cref="Of(ExplanationRequest, string, double, SeededRandom)"/>
    public static float[] Of(ExplanationRequest request, string name, double blur, string? image, IImageReader images, CancellationToken cancellationToken) =>
        name == Image && request.Draws?.ContainsKey(DrawName) != true
            ? BaselineImage.Read(request, image!, images, cancellationToken)
            : Of(request, name, blur, SeededRandom.Fork(request.Seed, 0));

    /// <summary>A baseline for an image.</summary>
    /// <param name="request">The image, its model, and the draws that may replace the baseline.</param>
    /// <param name="name">One of <see cref="Known"/>.</param>
    /// <param name="blur">Standard deviation of the blur, in pixels.</param>
    /// <param name="random">Where random colors come from.</param>
    /// <returns>C x H x W values.</returns>
    /// <exception cref="PellucidException">There is no such baseline, or the one to replay does not fit.</exception>
    public static float[] Of(ExplanationRequest request, string name, double blur, SeededRandom random)
    {
        HostTensor pixels = request.Image.Pixels;
        if (request.Draws?.GetValueOrDefault(DrawName) is { } draw) return Replay(draw, pixels.Shape);
        int channels = (int)pixels.Shape[1], area = pixels.Length / channels;
        switch (name)
        {
            case "zero":
                return new float[pixels.Length];
            case "black":
                return Spread(PixelColors.Of(request.Model).Black, area);
            case "white":
                return Spread(PixelColors.Of(request.Model).White, area);
            case Random:
                float[] drawn = new float[pixels.Length];
                RandomColors.Fill(PixelColors.Of(request.Model), drawn, random);
                return drawn;
            case "blur":
                return GaussianBlur.Of(pixels, blur);
            default:
                throw new PellucidException($"there is no baseline '{name}'{NearestNames.Suffix(name, Known.Split(", "))}; known: {Known}");
        }
    }

    private static float[] Replay(HostTensor draw, TensorShape shape)
    {
        TensorShape one = new([.. shape.Skip(1)]);
        if (draw.ElementType != ElementType.Float32)
            throw new PellucidException($"the baseline to replay is {draw}; float32 is needed");
        if (draw.Shape.SequenceEqual(one) || draw.Shape.SequenceEqual(shape.With(0, 1))) return draw.Floats.ToArray();
        if (draw.Shape.Rank == 1 && draw.Shape[0] == shape[1]) return Spread(draw.Floats.ToArray(), (int)(shape[2] * shape[3]));
        throw new PellucidException($"the baseline to replay is {draw.Shape}; the image is {shape}, so {one} or [{shape[1]}] is needed");
    }

    private static float[] Spread(IReadOnlyList<float> color, int area)
    {
        float[] values = new float[color.Count * area];
        for (int c = 0; c < color.Count; c++) values.AsSpan(c * area, area).Fill(color[c]);
        return values;
    }
}
