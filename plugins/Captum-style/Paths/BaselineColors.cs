using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>What the model's own preparation makes of black and white; a value for each channel.</summary>
/// <param name="model">The model.</param>
internal sealed class BaselineColors(IVisionLanguageModel model)
{
    /// <summary>Normalized black.</summary>
    public float[] Black { get; } = Of(model, byte.MinValue);

    /// <summary>Normalized white.</summary>
    public float[] White { get; } = Of(model, byte.MaxValue);

    /// <summary>Writes uniform colors between black and white, [C, H, W].</summary>
    public void Fill(Span<float> pixels, SeededRandom random)
    {
        int area = pixels.Length / Black.Length;
        for (int i = 0; i < pixels.Length; i++) pixels[i] = Black[i / area] + (float)(random.NextUniform() * (White[i / area] - Black[i / area]));
    }

    private static float[] Of(IVisionLanguageModel model, byte level)
    {
        ImageSize size = model.Description.ImageSize;
        byte[] plain = new byte[size.Width * size.Height * 3];
        Array.Fill(plain, level);
        HostTensor pixels = model.Prepare(new DecodedImage(size.Width, size.Height, PixelMode.Rgb, plain)).Pixels;
        int area = (int)(pixels.Shape[2] * pixels.Shape[3]);
        return [.. Enumerable.Range(0, (int)pixels.Shape[1]).Select(c => pixels.Floats[c * area])];
    }
}
