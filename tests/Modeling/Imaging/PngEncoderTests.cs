using System.Runtime.InteropServices;
using Pellucid.Abstractions.Images;
using Pellucid.Modeling.Imaging;
using Pellucid.TestSupport;

namespace Pellucid.Modeling.Tests.Imaging;

public class PngEncoderTests
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Goldens, "image-formats");

    [Theory]
    [InlineData("l.png", PixelMode.Gray)]
    [InlineData("la.png", PixelMode.GrayAlpha)]
    [InlineData("rgb.jpg", PixelMode.Rgb)]
    [InlineData("rgba-lossless.webp", PixelMode.Rgba)]
    [InlineData("i16.tif", PixelMode.Integer)]
    public void What_is_written_reads_back(string file, PixelMode mode)
    {
        DecodedImage image = ImageDecoder.Decode(Path.Combine(Folder, file));
        byte[] png = PngEncoder.Encode(image);
        DecodedImage back = ImageDecoder.Decode(png, "back.png");
        Assert.Equal((mode, image.Width, image.Height), (back.Mode, back.Width, back.Height));
        Assert.True(image.Pixels.Span.SequenceEqual(back.Pixels.Span));
        Assert.Equal(png, PngEncoder.Encode(image));
    }

    [Theory]
    [InlineData("palette.png", PixelMode.Rgb)]
    [InlineData("cmyk.jpg", PixelMode.Rgb)]
    [InlineData("one.png", PixelMode.Gray)]
    public void Modes_without_a_counterpart_are_converted(string file, PixelMode mode)
    {
        DecodedImage image = ImageDecoder.Decode(Path.Combine(Folder, file));
        DecodedImage back = ImageDecoder.Decode(PngEncoder.Encode(image), "back.png");
        Assert.Equal(mode, back.Mode);
        Assert.True(PillowConvert.ToRgb(image).Pixels.Span.SequenceEqual(PillowConvert.ToRgb(back).Pixels.Span));
    }

    [Fact]
    public void Only_the_pixels_are_in_the_file()
    {
        byte[] png = PngEncoder.Encode(ImageDecoder.Decode(Path.Combine(Folder, "rgb-exif6.jpg")));
        string text = System.Text.Encoding.Latin1.GetString(png);
        Assert.All(new[] { "eXIf", "tEXt", "iTXt", "zTXt", "tIME", "iCCP" }, chunk => Assert.DoesNotContain(chunk, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Floats_are_refused()
    {
        var image = new DecodedImage(1, 1, PixelMode.Float, MemoryMarshal.AsBytes(new float[] { 0.5f }.AsSpan()).ToArray());
        Assert.Throws<ArgumentException>(() => PngEncoder.Encode(image));
    }
}
