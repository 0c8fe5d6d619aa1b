using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Models;

namespace Pellucid.Plugins.CaptumStyle.Paths;

/// <summary>Uniform colors between a model's black and white.</summary>
internal static class RandomColors
{
    /// <summary>Writes a color for each of [C, H, W] pixels.</summary>
    public static void Fill(PixelColors colors, Span<float> pixels, SeededRandom random)
    {
        int area = pixels.Length / colors.Black.Count;
        for (int i = 0; i < pixels.Length; i++) pixels[i] = colors.At(i / area, random.NextUniform());
    }
}
