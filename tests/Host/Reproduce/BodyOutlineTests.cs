using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Host.Reproduce;
using Pellucid.Modeling.Imaging;
using Pellucid.TestSupport;

namespace Pellucid.Host.Tests.Reproduce;

/// <summary>The outline of the body against the formula that phantoms are drawn with (datasets/phantom-cxr/GENERATOR.md, sections 1, 2 and 5), and on small images by hand.</summary>
public sealed class BodyOutlineTests(ITestOutputHelper output)
{
    [Fact]
    public void The_body_of_phantoms_is_found()
    {
        List<double> overlaps = [];
        for (int index = 0; index < 42; index++)
        {
            DecodedImage image = ImageDecoder.Decode(Path.Combine(RepositoryPaths.Datasets, "phantom-cxr", "images", $"cxr_{index:D4}.png"));
            ImageMask found = Assert.IsType<ImageMask>(BodyOutline.Of(image));
            bool[] truth = Body(42, (ulong)index);
            int both = 0, either = 0;
            for (int i = 0; i < truth.Length; i++)
            {
                if (truth[i] && found.Pixels[i]) both++;
                if (truth[i] || found.Pixels[i]) either++;
            }

            overlaps.Add(both / (double)either);
        }

        output.WriteLine($"IoU of 42 phantoms: mean {overlaps.Average():F4}, least {overlaps.Min():F4}");
        Assert.True(overlaps.Average() > 0.97, $"mean IoU {overlaps.Average()}");
        Assert.True(overlaps.Min() > 0.93, $"least IoU {overlaps.Min()}");
    }

    [Fact]
    public void Holes_are_filled_bays_are_not_and_only_the_largest_part_counts()
    {
        ImageMask? found = BodyOutline.Of(Drawn(
            "........",
            ".#####.#",
            ".#...#..",
            ".#.#.#..",
            ".#...#..",
            ".#####..",
            "....##..",
            "##......"));
        Assert.Equal(
            [
                "........",
                ".#####..",
                ".#####..",
                ".#####..",
                ".#####..",
                ".#####..",
                "....##..",
                "........",
            ], Lines(found!));
        Assert.Equal(["###", "#..", "###"], Lines(BodyOutline.Of(Drawn("###", "#..", "###"))!));
    }

    [Fact]
    public void One_gray_value_has_no_body_and_wide_pixels_are_scaled()
    {
        Assert.Null(BodyOutline.Of(Drawn("###", "###")));
        int[] wide = [1000, 1010, 4000, 4100];
        byte[] pixels = [.. wide.SelectMany(BitConverter.GetBytes)];
        Assert.Equal(["..##"], Lines(BodyOutline.Of(new DecodedImage(4, 1, PixelMode.Integer, pixels))!));
    }

    [Fact]
    public void Large_images_are_reduced_by_a_whole_factor()
    {
        WorkingSize size = new(300, 520);
        Assert.Equal((100, 174), (size.Rows, size.Columns));
        bool[] mask = new bool[300 * 520];
        mask[(3 * 520) + 3] = true;
        Assert.Equal(1, size.Reduce(new ImageMask(300, 520, mask)).AsSpan().Count(true));
        float[] values = new float[300 * 520];
        for (int x = 0; x < 520; x++) values[x] = 3;
        Assert.Equal(1, size.Reduce(values)[173], 6);
        Assert.Equal(new float[4], new WorkingSize(2, 2).Reduce(new float[4]));
    }

    /// <summary>body > 0.5 of the specification. The placement of the anatomy comes from the first four draws of the image.</summary>
    private static bool[] Body(ulong seed, ulong index)
    {
        SeededRandom draws = new(new SeededRandom(unchecked((seed * 0xD1B54A32D192ED03) + (index * 0xABC98388FB8FAC03) + 0x632BE59BD9B4E019 - 0x9E3779B97F4A7C15)).NextBits());
        double Draw(double low, double high) => low + ((high - low) * draws.NextUniform());
        double scale = Draw(0.94, 1.05), angle = Draw(-3.5, 3.5) * Math.PI / 180, shiftX = Draw(-3.5, 3.5), shiftY = Draw(-3, 3);
        static double S(double x, double w) => 1 / (1 + Math.Exp(Math.Clamp(-x / w, -60, 60)));
        bool[] body = new bool[112 * 112];
        for (int i = 0; i < body.Length; i++)
        {
            double px = (i % 112) + 0.5 - 56 - shiftX, py = (i / 112) + 0.5 - 56 - shiftY;
            double u = 56 + (((Math.Cos(angle) * px) + (Math.Sin(angle) * py)) / scale), v = 56 + (((-Math.Sin(angle) * px) + (Math.Cos(angle) * py)) / scale);
            double across = Math.Abs(u - 56), halfWidth = 50 - (26 * Math.Exp(-Math.Max(v - 4, 0) / 7));
            body[i] = Math.Max(S(halfWidth - across, 0.9) * S(v - 6, 0.9), S(12.5 - across, 0.9)) > 0.5;
        }

        return body;
    }

    private static DecodedImage Drawn(params string[] lines) => new(lines[0].Length, lines.Length, PixelMode.Gray, lines.SelectMany(l => l.Select(c => (byte)(c == '#' ? 200 : 10))).ToArray());

    private static string[] Lines(ImageMask mask) =>
        [.. Enumerable.Range(0, mask.Height).Select(y => string.Concat(mask.Pixels.Slice(y * mask.Width, mask.Width).ToArray().Select(p => p ? '#' : '.')))];
}
