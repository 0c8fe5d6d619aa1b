using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.Metrics.Faithfulness;
using Pellucid.Plugins.Metrics.Shared;

namespace Pellucid.Plugins.Metrics.Tests;

public sealed class FillTests
{
    [Fact]
    public void Blur_is_a_Gaussian_of_five_pixels_of_224_on_each_channel_by_itself()
    {
        // The shorter side is 112: 2.5 pixels. A point becomes the Gaussian, a constant channel stays what it is.
        const int Height = 112, Width = 140, Area = Height * Width, Point = (50 * Width) + 70;
        float[] pixels = new float[2 * Area], image = new float[2 * Area];
        pixels[Point] = 1;
        pixels.AsSpan(Area).Fill(3);
        new Fill(FillColor.Blur, null, Item(pixels, 2, Height, Width)).ApplyToAll(image);
        Assert.Equal(1 / (2 * Math.PI * 2.5 * 2.5), image[Point], 4);
        Assert.Equal(Math.Exp(-(9 + 16) / 12.5), image[Point + 3 + (4 * Width)] / image[Point], 3);
        Assert.Equal(1, image.Take(Area).Sum(v => (double)v), 5);
        for (int i = Area; i < image.Length; i++) Assert.Equal(3, image[i], 5);
    }

    [Fact]
    public async Task Insertion_may_start_from_the_blurred_image()
    {
        // Dark on the left, where the model looks, and bright on the right: 64 pixels a side, 1.4 pixels of blur.
        float[] pixels = [.. Enumerable.Range(0, 64 * 64).Select(i => i % 64 < 4 ? 0.2f : 1)], map = [.. Enumerable.Range(0, 64 * 64).Select(i => 1f - (i % 64 / 64f))];
        double[] blurred = await CurveAsync(FillColor.Blur), black = await CurveAsync(FillColor.ImageMinimum);
        Assert.Equal(blurred[^1], black[^1]);
        Assert.InRange(blurred[0], black[0] + 0.01, 10);
        Assert.NotEqual(blurred[0], blurred[^1]);

        async Task<double[]> CurveAsync(FillColor fill)
        {
            MeasuredItem item = Item(pixels, 1, 64, 64) with { Target = Scenes.Item(Scenes.Right).Target, Map = HostTensor.Of(map, 64, 64) };
            InsertionMetric metric = new(new InsertionOptions { Score = MeasuredScore.Logit, Steps = 4, Share = 0.25, Fill = fill });
            return [.. (await metric.RunAsync(Scenes.Request(new BrightnessModel(), item), TestContext.Current.CancellationToken))[0].Curves.Single().Y];
        }
    }

    private static MeasuredItem Item(float[] pixels, int channels, int height, int width) => Scenes.Item(Scenes.Right) with
    {
        Image = new ImageInput(HostTensor.Of(pixels, 1, channels, height, width), ImageGeometry.Identity(width, height), "image", string.Empty),
        Candidates = null,
    };
}
