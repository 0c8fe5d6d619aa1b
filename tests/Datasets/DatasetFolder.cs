using System.IO.Compression;
using System.Text;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Modeling.Imaging;

namespace Pellucid.Plugins.Datasets.Tests;

/// <summary>A folder that a test lays a data set out in, gone when the test is.</summary>
public sealed class DatasetFolder : IDisposable
{
    public DatasetFolder() => Root = Directory.CreateTempSubdirectory("pellucid-datasets-").FullName;

    public string Root { get; }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public string PathOf(string name) => Path.Combine(Root, name);

    public string Write(string name, string text) => WriteBytes(name, Encoding.UTF8.GetBytes(text));

    public string WriteBytes(string name, byte[] bytes)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>A PNG of RGB pixels, whatever its name ends with: images are told by their content.</summary>
    public string Image(string name, int width = 4, int height = 3, Func<int, int, (byte R, byte G, byte B)>? color = null)
    {
        byte[] pixels = new byte[width * height * 3];
        for (int i = 0; i < width * height; i++)
        {
            (byte r, byte g, byte b) = color?.Invoke(i % width, i / width) ?? ((byte)10, (byte)20, (byte)30);
            (pixels[3 * i], pixels[(3 * i) + 1], pixels[(3 * i) + 2]) = (r, g, b);
        }

        return WriteBytes(name, PngEncoder.Encode(new DecodedImage(width, height, PixelMode.Rgb, pixels)));
    }

    public string Images(params string[] names)
    {
        foreach (string name in names) Image(name);
        return Root;
    }

    /// <summary>An .npz of byte arrays; what is written in the place of a header or of data can be wrong.</summary>
    public string Npz(string name, CompressionLevel level, params (string Name, byte[] Content)[] arrays)
    {
        using MemoryStream memory = new();
        using (ZipArchive archive = new(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string array, byte[] content) in arrays)
            {
                using Stream stream = archive.CreateEntry($"{array}.npy", level).Open();
                stream.Write(content);
            }
        }

        return WriteBytes(name, memory.ToArray());
    }

    public static byte[] Npy(string descr, string shape, byte[] data, string order = "False", byte version = 1)
    {
        string header = $"{{'descr': '{descr}', 'fortran_order': {order}, 'shape': ({shape}), }}";
        int prefix = version == 1 ? 10 : 12;
        header = header.PadRight(((prefix + header.Length) / 64 * 64) + 64 - prefix - 1) + "\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes((uint)header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.ASCII.GetBytes(header), .. data];
    }

    public Task<(List<DatasetItem> Items, IReadOnlyList<BadRecord> Bad)> ReadAsync(IDatasetReader reader, BadRecordPolicy policy = BadRecordPolicy.Fatal) => ReadAsync(reader, Root, policy);

    public static async Task<(List<DatasetItem> Items, IReadOnlyList<BadRecord> Bad)> ReadAsync(IDatasetReader reader, string path, BadRecordPolicy policy = BadRecordPolicy.Fatal)
    {
        DatasetRequest request = new(path, policy);
        List<DatasetItem> items = [];
        await foreach (DatasetItem item in reader.ReadAsync(request, TestContext.Current.CancellationToken)) items.Add(item);
        return (items, request.Rejected);
    }

    /// <summary>The one record that is left out, and that it is fatal without being told to skip.</summary>
    public async Task<string> OneBadAsync(IDatasetReader reader, int good, string? path = null)
    {
        (List<DatasetItem> items, IReadOnlyList<BadRecord> bad) = await ReadAsync(reader, path ?? Root, BadRecordPolicy.Skip);
        Assert.Equal(good, items.Count);
        BadRecord record = Assert.Single(bad);
        Graphs.PellucidException fatal = await Assert.ThrowsAsync<Graphs.PellucidException>(() => ReadAsync(reader, path ?? Root));
        Assert.Contains(record.Problem, fatal.Message);
        Assert.Contains(record.Location.ToString(), fatal.Message);
        return $"{record.Location}: {record.Problem}";
    }

    public sealed class ImageReader : IImageReader
    {
        public DecodedImage Read(string path, CancellationToken cancellationToken = default) => ImageDecoder.Decode(path, cancellationToken: cancellationToken);
    }
}
