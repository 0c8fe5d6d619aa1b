using Pellucid.Abstractions.Images;

namespace Pellucid.Abstractions.Models;

/// <summary>What a model's own preparation makes of black and white: the range of its normalized pixels.</summary>
/// <param name="Black">Normalized black, a value for each channel.</param>
/// <param name="White">Normalized white, a value for each channel.</param>
public sealed record PixelColors(IReadOnlyList<float> Black, IReadOnlyList<float> White)
{
    /// <summary>The colors of a model.</summary>
    public static PixelColors Of(IVisionLanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new PixelColors(Prepared(model, byte.MinValue), Prepared(model, byte.MaxValue));
    }

    /// <summary>The normalized value of a level in [0, 1] between black and white.</summary>
    public float At(int channel, double level) => (float)(Black[channel] + (level * ((double)White[channel] - Black[channel])));

    private static float[] Prepared(IVisionLanguageModel model, byte level)
    {
        ImageSize size = model.Description.ImageSize;
        byte[] plain = new byte[size.Width * size.Height * 3];
        Array.Fill(plain, level);
        ImageInput image = model.Prepare(new DecodedImage(size.Width, size.Height, PixelMode.Rgb, plain));
        int area = image.Size.Height * image.Size.Width;
        return [.. Enumerable.Range(0, (int)image.Pixels.Shape[1]).Select(c => image.Pixels.Floats[c * area])];
    }
}
