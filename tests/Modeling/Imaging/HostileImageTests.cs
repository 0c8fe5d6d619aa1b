using System.Buffers.Binary;
using System.IO.Compression;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Vips;
using Pellucid.TestSupport;

namespace Pellucid.Modeling.Tests.Imaging;

public sealed class HostileImageTests : IDisposable
{
    private static readonly string Folder = Path.Combine(RepositoryPaths.Goldens, "image-formats");
    private readonly string _temporary = Directory.CreateTempSubdirectory("pellucid-images-").FullName;

    public void Dispose() => Directory.Delete(_temporary, recursive: true);

    [Fact]
    public void A_missing_file_is_named() => Refused(Path.Combine(_temporary, "cat.png"), "There is no image file", "cat.png");

    [Fact]
    public void A_folder_is_no_image() => Refused(_temporary, "is a folder");

    [Fact]
    public void A_pipe_is_refused_without_waiting_for_its_writer()
    {
        if (OperatingSystem.IsWindows()) return; // it has no such files
        string pipe = Path.Combine(_temporary, "pipe.png"), link = Path.Combine(_temporary, "link.png");
        using (var process = System.Diagnostics.Process.Start("mkfifo", [pipe])) process.WaitForExit();
        File.CreateSymbolicLink(link, pipe);
        Refused(pipe, "pipe.png");
        Refused(link, "link.png");
    }

    [Fact]
    public void An_empty_file_is_named() => Refused(Write("empty.png", []), "empty.png is empty");

    [Theory]
    [InlineData("a text about a cat", "is no image", "PNG, JPEG, WebP, TIFF and DICOM")]
    [InlineData("GIF89a............", "is a GIF file", "Convert it")]
    [InlineData("BM.............", "is a BMP file", "Convert it")]
    [InlineData("<?xml version='1.0'?><svg width='9'/>", "is a SVG file", "Convert it")]
    [InlineData("%PDF-1.7", "is a PDF file", "Convert it")]
    public void Another_kind_of_file_is_told(string content, params string[] parts) =>
        Refused(Write("thing.png", System.Text.Encoding.Latin1.GetBytes(content)), ["thing.png", .. parts]);

    [Theory]
    [InlineData("rgb.png")]
    [InlineData("rgb.jpg")]
    [InlineData("rgb-lossless.webp")]
    [InlineData("rgb.tif")]
    [InlineData("rgb-lzw.tif")]
    [InlineData("i16.png")]
    public void A_file_cut_short_is_refused(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, name));
        foreach (double part in new[] { 0.02, 0.1, 0.3, 0.5, 0.7, 0.9 })
            Refused(Write("cut-" + name, file[..(int)(file.Length * part)]), "cut-" + name);
    }

    [Fact]
    public void A_damaged_chunk_is_refused()
    {
        byte[] file = File.ReadAllBytes(Path.Combine(Folder, "rgb.png"));
        file[file.Length / 2] ^= 0x40;
        Refused(Write("bits.png", file), "bits.png", "damaged or incomplete");
    }

    [Fact]
    public void A_bomb_is_refused_by_its_header()
    {
        string path = Write("bomb.png", Bomb(30000, 30000));
        Refused(path, "bomb.png", "30000 x 30000 = 900000000 pixels", "100000000", "MaxPixels");
        Refused(Write("wide.png", Bomb(40000, 2)), "40000 pixels wide", "32768", "MaxWidth");
        Refused(Write("high.png", Bomb(2, 40000)), "40000 pixels high", "32768", "MaxHeight");
    }

    [Fact]
    public void A_large_file_is_refused_unread()
    {
        string path = Write("large.png", new byte[1000]);
        var error = Assert.ThrowsAny<PellucidException>(() => ImageDecoder.Decode(path, new ImageLimits { MaxFileBytes = 999 }));
        Assert.Contains("is 1000 bytes long; the limit MaxFileBytes is 999", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decoding_stops_when_its_time_is_over()
    {
        var error = Assert.ThrowsAny<PellucidException>(
            () => ImageDecoder.Decode(Zeros(3000, 3000), "slow.png", new ImageLimits { MaxDecodeTime = TimeSpan.FromTicks(1) }));
        Assert.Contains("slow.png took longer than", error.Message, StringComparison.Ordinal);
        Assert.Contains("MaxDecodeTime", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cancelled_token_decodes_nothing()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => ImageDecoder.Decode(Path.Combine(Folder, "rgb.png"), cancellationToken: cancelled.Token));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unpacking_is_really_stopped(bool byToken)
    {
        using var cancelled = new CancellationTokenSource();
        if (byToken) cancelled.Cancel();
        var pixels = new byte[3000 * 3000 * 3];
        pixels.AsSpan().Fill(0xEE);
        using VipsImage black = new VipsOperation("black").With("width", "3000").With("height", "3000").With("bands", "3").ToImage();
        Action write = () => black.WriteTo(pixels, byToken ? TimeSpan.FromHours(1) : TimeSpan.Zero, cancelled.Token);
        if (byToken) Assert.Throws<OperationCanceledException>(write);
        else Assert.Throws<TimeoutException>(write);
        Assert.Equal(0xEE, pixels[^1]);
    }

    [Fact]
    public void Mutated_files_decode_or_are_refused_and_nothing_else()
    {
        var random = new Random(20261121);
        var limits = new ImageLimits { MaxPixels = 4_000_000, MaxDecodeTime = TimeSpan.FromSeconds(5) };
        int refused = 0, decoded = 0;
        foreach (string path in Directory.GetFiles(Folder).Where(p => !p.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            byte[] original = File.ReadAllBytes(path);
            for (int round = 0; round < 12; round++)
            {
                byte[] file = Mutate(original, random);
                try
                {
                    DecodedImage image = ImageDecoder.Decode(file, "mutant", limits);
                    Assert.InRange((long)image.Width * image.Height, 1, limits.MaxPixels);
                    decoded++;
                }
                catch (PellucidException e)
                {
                    Assert.Contains("mutant", e.Message, StringComparison.Ordinal);
                    refused++;
                }
            }
        }

        Assert.True(refused > 100 && decoded > 20, $"{refused} refused, {decoded} decoded");
    }

    private static byte[] Mutate(byte[] original, Random random)
    {
        byte[] file = [.. original];
        switch (random.Next(3))
        {
            case 0:
                for (int i = random.Next(1, 5); i > 0; i--) file[random.Next(file.Length)] = (byte)random.Next(256);
                return file;
            case 1:
                // Headers are where sizes and offsets lie.
                for (int i = random.Next(1, 4); i > 0; i--) file[random.Next(8, Math.Min(file.Length, 128))] = (byte)(random.Next(2) * 255);
                return file;
            default:
                return file[..random.Next(1, file.Length)];
        }
    }

    private static void Refused(string path, params string[] parts)
    {
        var error = Assert.ThrowsAny<PellucidException>(() => ImageDecoder.Decode(path));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }

    /// <summary>A header that promises much and a few bytes of data.</summary>
    private static byte[] Bomb(int width, int height) =>
        [.. PngHeader(width, height), .. Chunk("IDAT"u8, Deflate(new byte[100])), .. Chunk("IEND"u8, [])];

    private static byte[] Zeros(int width, int height) =>
        [.. PngHeader(width, height), .. Chunk("IDAT"u8, Deflate(new byte[height * (1 + 3 * width)])), .. Chunk("IEND"u8, [])];

    private static byte[] PngHeader(int width, int height)
    {
        byte[] header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        return [0x89, .. "PNG\r\n\x1A\n"u8, .. Chunk("IHDR"u8, header)];
    }

    private static byte[] Chunk(ReadOnlySpan<byte> type, byte[] data)
    {
        byte[] chunk = new byte[12 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk.AsSpan(4));
        data.CopyTo(chunk, 8);
        uint crc = uint.MaxValue;
        foreach (byte b in chunk.AsSpan(4, 4 + data.Length))
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + data.Length), ~crc);
        return chunk;
    }

    private static byte[] Deflate(byte[] data)
    {
        using var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.Optimal)) zlib.Write(data);
        return stream.ToArray();
    }

    private string Write(string name, byte[] content)
    {
        string path = Path.Combine(_temporary, name);
        File.WriteAllBytes(path, content);
        return path;
    }
}
