using System.Text;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Graphs;
using Pellucid.Plugins.CaptumStyle.Perturbation;
using Pellucid.Plugins.CaptumStyle.Regions;

namespace Pellucid.Plugins.CaptumStyle.Tests;

public sealed class RegionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(480)]
    public void Superpixels_are_connected_and_numbered_without_gaps(int segments)
    {
        const int Height = 20, Width = 24;
        var random = new SeededRandom(2);
        double[][] colors = [.. Enumerable.Range(0, Height * Width).Select(_ => new[] { 100 * random.NextUniform(), 50 * random.NextNormal(), 50 * random.NextNormal() })];
        int[] regions = Superpixels.Of(colors, Height, Width, segments, 10);
        int count = regions.Max() + 1;
        Assert.Equal(count, regions.Distinct().Count());
        Assert.Equal(regions, ConnectedRegions.Of(regions, Height, Width, 0));
        Assert.InRange(count, 1, 2 * segments);
        Assert.Equal(regions, Superpixels.Of(colors, Height, Width, segments, 10));
    }

    [Fact]
    public void More_segments_than_pixels_are_as_many_as_pixels()
    {
        double[][] colors = [.. Enumerable.Range(0, 12).Select(i => new[] { 100.0 * ((i % 4) + (i / 4 * 3)) })];
        Assert.Equal(Superpixels.Of(colors, 3, 4, 12, 1), Superpixels.Of(colors, 3, 4, 100, 1));
        Assert.Throws<ArgumentException>(() => Superpixels.Of(colors, 4, 4, 4, 1));
    }

    [Fact]
    public void Superpixels_keep_to_the_edges_of_the_image()
    {
        const int Side = 32;
        bool Inside(int i) => Math.Pow((i / Side) - 15.5, 2) + Math.Pow((i % Side) - 15.5, 2) < 90;
        double[][] colors = [.. Enumerable.Range(0, Side * Side).Select(i => Inside(i) ? new double[] { 80, 60, 0 } : [20, -40, 30])];
        int[] regions = Superpixels.Of(colors, Side, Side, 16, 10);
        Assert.True(regions.Distinct().Count() > 4);
        foreach (int region in regions.Distinct())
            Assert.Single(Enumerable.Range(0, Side * Side).Where(i => regions[i] == region).Select(Inside).Distinct());
    }

    [Fact]
    public void Small_pieces_join_the_neighbor_before_them()
    {
        int[] labels = [0, 0, 0, 1, 0, 1, 0, 0, 1];
        Assert.Equal([0, 0, 0, 0, 0, 1, 0, 0, 1], ConnectedRegions.Of(labels, 3, 3, 2));
        Assert.Equal([0, 0, 0, 1, 0, 2, 0, 0, 2], ConnectedRegions.Of(labels, 3, 3, 1));
    }

    [Theory]
    [InlineData("|u1", new byte[] { 0, 9, 9, 0, 9, 0 })]
    [InlineData("<i2", new byte[] { 0, 0, 9, 1, 9, 1, 0, 0, 9, 1, 0, 0 })]
    public async Task A_mask_from_an_array_is_the_same_as_one_from_an_image(string type, byte[] data)
    {
        string path = await NumpyAsync($"{{'descr': '{type}', 'fortran_order': False, 'shape': (2, 3), }}", data);
        try
        {
            var files = new Files { ["m.png"] = new DecodedImage(3, 2, PixelMode.Rgb, new byte[] { 1, 2, 3, 4, 5, 6, 4, 5, 6, 1, 2, 3, 4, 5, 6, 1, 2, 3 }) };
            long[] array = MaskFile.Read(path, new ImageSize(2, 3), files, TestContext.Current.CancellationToken), image = MaskFile.Read("m.png", new ImageSize(2, 3), files, TestContext.Current.CancellationToken);
            Assert.Equal(array.Select(n => n == array[0]), image.Select(n => n == image[0]));
            Assert.Equal([true, false, false, true, false, true], image.Select(n => n == image[0]));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (3, 2), }", 6, "[3,2]", "[2, 3]")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (6,), }", 6, "[6]", "[2, 3]")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 24, "<f4", "whole numbers")]
    [InlineData("{'descr': '|u1', 'fortran_order': True, 'shape': (2, 3), }", 6, "by columns", "ascontiguousarray")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2, 3), }", 5, "damaged", "5 bytes")]
    [InlineData("{'descr': [('a', '<i4')], 'shape': (2, 3), }", 24, "no NumPy array of plain numbers", "descr")]
    public async Task An_array_that_does_not_fit_is_refused(string header, int bytes, string what, string needed)
    {
        string path = await NumpyAsync(header, new byte[bytes]);
        try
        {
            PellucidException fault = Assert.Throws<PellucidException>(() => MaskFile.Read(path, new ImageSize(2, 3), new Files(), TestContext.Current.CancellationToken));
            Assert.Contains(what, fault.Message, StringComparison.Ordinal);
            Assert.Contains(needed, fault.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task A_mask_image_of_another_size_is_refused_with_both_sizes()
    {
        using var net = new SmallConvNet();
        var files = new Files { ["m.png"] = new DecodedImage(3, 2, PixelMode.Gray, new byte[6]) };
        PellucidException fault = await Assert.ThrowsAsync<PellucidException>(
            () => new LimeExplainer(new LimeOptions { Mask = "m.png" }, files).ExplainAsync(net.Request(0)));
        Assert.Contains("[2, 3]", fault.Message, StringComparison.Ordinal);
        Assert.Contains("[12, 12]", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shapley_values_of_masked_regions_sum_to_the_score_difference()
    {
        using var net = new SmallConvNet();
        byte[] labels = [.. Enumerable.Range(0, SmallConvNet.Side * SmallConvNet.Side).Select(i => (byte)(10 * (i % SmallConvNet.Side / 5)))];
        var files = new Files { ["m.png"] = new DecodedImage(SmallConvNet.Side, SmallConvNet.Side, PixelMode.Gray, labels) };
        Explanation explanation = Assert.Single(await new ShapleyValuesExplainer(new ShapleyValuesOptions { Mask = "m.png" }, files).ExplainAsync(net.Request(2)));
        float[] map = explanation.Image!.Map.Floats.ToArray();
        Assert.Equal(3, map.Distinct().Count());
        HostTensor nothing = HostTensor.Zeros(ElementType.Float32, net.Request(2).Image.Pixels.Shape);
        float empty = (await net.Model.EvaluateAsync(nothing, net.Request(2).Targets, TestContext.Current.CancellationToken)).Floats[0];
        Assert.Equal(explanation.Score - empty, map[0] + map[5] + map[10], 1e-4f);
    }

    private static async Task<string> NumpyAsync(string header, byte[] data)
    {
        string path = Path.Combine(Path.GetTempPath(), $"pellucid-mask-{Guid.NewGuid():N}.npy");
        byte[] text = Encoding.ASCII.GetBytes(header + "\n");
        await File.WriteAllBytesAsync(path, [0x93, .. "NUMPY"u8, 1, 0, (byte)text.Length, (byte)(text.Length >> 8), .. text, .. data]);
        return path;
    }
}
