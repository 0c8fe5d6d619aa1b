using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Modeling.Tests.Imaging;

public class RenderingTests
{
    [Fact]
    public void Bilinear_has_half_pixel_centers_and_clamped_edges()
    {
        Assert.Equal([0, 0.25f, 0.75f, 1], MapUpsampler.Bilinear([0, 1], 1, 2, 1, 4));
        Assert.Equal([1, 1.5f, 2.5f, 3, 3, 3.5f, 4.5f, 5], MapUpsampler.Bilinear([1, 3, 3, 5], 2, 2, 4, 4).Where((_, i) => i / 4 is 0 or 3));
        Assert.Equal([0.5f, 2.5f], MapUpsampler.Bilinear([0, 1, 2, 3], 1, 4, 1, 2));
        Assert.Equal([0, 0.5f, 1, 2, 2.5f, 3], MapUpsampler.BilinearCorners([0, 1, 2, 3], 2, 2, 2, 3));
        Assert.Equal([4f], MapUpsampler.BilinearCorners([4, 5], 1, 2, 1, 1));
        Assert.Equal([7f, 7, 7], MapUpsampler.Bilinear([7], 1, 1, 3, 1));
    }

    [Fact]
    public void Bicubic_has_torchs_coefficients()
    {
        // By hand, a = -0.75, edges clamped: k(1.25) = -0.10546875; k(0.75) + k(1.75) = 0.26171875 - 0.03515625.
        float[] expected = [-0.10546875f, 0.2265625f, 0.7734375f, 1.10546875f];
        Assert.Equal(expected, MapUpsampler.Bicubic([0, 1], 1, 2, 1, 4), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Nearest_takes_the_floor() => Assert.Equal([1, 1, 1, 2, 2f], MapUpsampler.Nearest([1, 2], 1, 2, 1, 5));

    [Fact]
    public void A_map_that_does_not_fit_its_size_is_refused() =>
        Assert.Throws<ArgumentException>(() => MapUpsampler.Bilinear(new float[3], 2, 2, 4, 4));

    [Fact]
    public void Projection_of_the_whole_image_is_plain_upsampling()
    {
        HostTensor map = HostTensor.Of([1f, 2, 3, 4, 5, 6], 2, 3);
        HostTensor plain = MapUpsampler.Resize(map, new ImageSize(8, 12), MapUpsampling.Bilinear);
        Assert.Equal(plain.Floats.ToArray(), MapProjection.ToSource(map, ImageGeometry.Identity(12, 8)).Floats.ToArray());
        var halved = new ImageGeometry(12, 8, 6, 4, 0, 0, 2, 2);
        Assert.Equal(plain.Floats.ToArray(), MapProjection.ToSource(map, halved).Floats.ToArray(), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Projection_leaves_what_was_cropped_and_skips_what_was_padded()
    {
        HostTensor map = HostTensor.Of([1f, 2, 3, 4], 2, 2);
        var cropped = new ImageGeometry(8, 4, 4, 4, 2, 0, 1, 1);
        Assert.Equal([-1, -1, 1, 1, 2, 2, -1, -1], MapProjection.ToSource(map, cropped, MapUpsampling.Nearest, -1).Floats[..8].ToArray());
        var padded = new ImageGeometry(4, 2, 4, 4, 0, -1, 1, 1);
        Assert.Equal([1, 1, 2, 2, 3, 3, 4, 4], MapProjection.ToSource(map, padded, MapUpsampling.Nearest).Floats.ToArray());
    }

    [Fact]
    public void Normalization_defines_constant_maps_and_refuses_nan()
    {
        Assert.Equal([0, 0.5f, 1], ColorRange.MinMax([-2, 0, 2]));
        Assert.Equal([0f, 0], ColorRange.MinMax([3, 3]));
        Assert.Equal([-0.5f, 0, 1], ColorRange.Signed([-1, 0, 2]));
        Assert.Equal([0f, 0], ColorRange.Signed([0, 0]));
        Assert.Equal([0f, 1], ColorRange.MinMax([float.MinValue, float.MaxValue]));
        Assert.Throws<ArgumentException>(() => ColorRange.MinMax([1, float.NaN]));
        Assert.Throws<ArgumentException>(() => ColorMap.Jet.At(float.NaN));
    }

    [Fact]
    public void Jet_is_the_published_one()
    {
        Assert.Equal(new RgbColor(0, 0, 128), ColorMap.Jet.At(0));
        Assert.Equal(new RgbColor(128, 0, 0), ColorMap.Jet.At(1));
        Assert.Equal(new RgbColor(0, 0, 255), ColorMap.Jet.At(32 / 255f) with { G = 0 });
        Assert.Equal(255, ColorMap.Jet.At(0.5f).G);
        Assert.Equal(ColorMap.Jet.At(1), ColorMap.Jet.At(5));
    }

    [Fact]
    public void Ember_rises_in_even_steps()
    {
        (double L, double A, double B)[] path = [.. Enumerable.Range(0, 256).Select(i => Oklab.FromSrgb(ColorMap.Ember.At(i / 255f)))];
        double[] steps = [.. path.Zip(path.Skip(8), (a, b) => Math.Sqrt(Math.Pow(a.L - b.L, 2) + Math.Pow(a.A - b.A, 2) + Math.Pow(a.B - b.B, 2)))];
        Assert.All(path.Zip(path.Skip(8)), p => Assert.InRange(p.Second.L - p.First.L, 0.015, 0.04));
        Assert.InRange(steps.Max() / steps.Min(), 1, 2.2);
    }

    [Fact]
    public void Blue_red_is_balanced_around_zero()
    {
        RgbColor zero = ColorMap.BlueRed.At(0);
        Assert.True(zero.R == zero.G && zero.G == zero.B && zero.R > 235);
        Assert.True(ColorMap.BlueRed.At(-1) is { B: > 180, R: < 60 } && ColorMap.BlueRed.At(1) is { R: > 180, B: < 60 }, $"{ColorMap.BlueRed.At(-1)} {ColorMap.BlueRed.At(1)}");
        foreach (float v in new[] { 0.25f, 0.5f, 1 })
            Assert.Equal(Oklab.FromSrgb(ColorMap.BlueRed.At(v)).L, Oklab.FromSrgb(ColorMap.BlueRed.At(-v)).L, 0.01);
    }

    [Fact]
    public void Overlays_mix_and_leave_their_input_alone()
    {
        var image = new DecodedImage(2, 1, PixelMode.Gray, new byte[] { 100, 200 });
        Assert.Equal([50, 50, 114, 164, 100, 100], Overlay.Blend(image, [0, 1], ColorMap.Jet).Pixels.ToArray());
        Assert.Equal([100, 100, 100, 164, 100, 100], Overlay.Blend(image, [0, 1], ColorMap.Jet, 0.5f, fadeWithValue: true).Pixels.ToArray());
        Assert.Equal([100, 100, 100, 200, 200, 200], Overlay.Blend(image, [0, 1], ColorMap.Jet, 0).Pixels.ToArray());
        Assert.Equal([100, 200], image.Pixels.ToArray());
        Assert.Throws<ArgumentException>(() => Overlay.Blend(image, [0], ColorMap.Jet));
    }

    [Fact]
    public void Outlines_run_along_the_edge()
    {
        var image = new DecodedImage(6, 5, PixelMode.Gray, new byte[30]);
        var mask = new bool[30];
        for (int y = 1; y < 4; y++) for (int x = 1; x < 5; x++) mask[y * 6 + x] = true;
        Assert.Equal(["......", ".####.", ".#..#.", ".####.", "......"], Picture(Outline.Mask(image, mask, RgbColor.White)));
    }

    private static string[] Picture(DecodedImage image) =>
        [.. Enumerable.Range(0, image.Height).Select(y => string.Concat(
            Enumerable.Range(0, image.Width).Select(x => image.Pixels.Span[3 * (y * image.Width + x)] > 0 ? '#' : '.')))];
}
