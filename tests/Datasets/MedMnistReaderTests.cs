using System.IO.Compression;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.MedMnist;

namespace Pellucid.Plugins.Datasets.Tests;

public sealed class MedMnistReaderTests : IDisposable
{
    private readonly DatasetFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(CompressionLevel.NoCompression, 1)]
    [InlineData(CompressionLevel.Optimal, 2)]
    public async Task Images_and_labels_are_read_stored_and_deflated_in_any_order(CompressionLevel level, byte version)
    {
        _folder.Npz("breastmnist_64.npz", level,
            ("train_images", DatasetFolder.Npy("|u1", "5, 2, 3", Bytes(30), version: version)), ("train_labels", DatasetFolder.Npy("|u1", "5, 1", [0, 1, 1, 0, 1], version: version)),
            ("test_images", DatasetFolder.Npy("|u1", "1, 2, 3", Bytes(6))), ("test_labels", DatasetFolder.Npy("<i8", "1, 1", [1, 0, 0, 0, 0, 0, 0, 0])));
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new MedMnistReader());
        Assert.Equal("breastmnist_64/train/0 breastmnist_64/train/1 breastmnist_64/train/2 breastmnist_64/train/3 breastmnist_64/train/4 breastmnist_64/test/0", string.Join(' ', items.Select(i => i.Id)));
        Assert.Equal(["malignant", "normal, benign", "normal, benign", "malignant", "normal, benign", "normal, benign"], items.Select(i => Assert.Single(i.Labels)));
        Assert.Equal(["train", "test"], items.Select(i => i.Split).Distinct());
        foreach (int i in (int[])[3, 0, 4, 1, 1, 2])
        {
            DecodedImage image = await Load(items[i]);
            Assert.Equal((3, 2, PixelMode.Gray), (image.Width, image.Height, image.Mode));
            Assert.Equal(Bytes(30)[(6 * i)..(6 * (i + 1))], image.Pixels.ToArray());
        }
    }

    [Fact]
    public async Task Rows_that_are_no_longer_kept_are_read_again()
    {
        const int Count = 40, Side = 400;
        byte[] pixels = Enumerable.Range(0, Count).SelectMany(i => Enumerable.Repeat((byte)i, Side * Side)).ToArray();
        _folder.Npz("x.npz", CompressionLevel.Fastest, ("val_images", DatasetFolder.Npy("|u1", $"{Count}, {Side}, {Side}", pixels)), ("val_labels", DatasetFolder.Npy("|u1", $"{Count},", new byte[Count])));
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new MedMnistReader());
        foreach (int i in (int[])[39, 0, 20, 19, 38, 1, 39])
            Assert.False((await Load(items[i])).Pixels.Span.ContainsAnyExcept((byte)i));
        await Task.WhenAll(items.Select(item => Task.Run(async () => Assert.Equal(item.Id, $"x/val/{(await Load(item)).Pixels.Span[7]}"))));
    }

    [Fact]
    public async Task Colors_and_several_labels_are_understood()
    {
        _folder.Npz("chestmnist.npz", CompressionLevel.Optimal,
            ("test_images", DatasetFolder.Npy("|u1", "2, 2, 2, 3", Bytes(24))), ("test_labels", DatasetFolder.Npy("|u1", "2, 14", [1, 0, 0, 0, 1, .. new byte[9], .. new byte[14]])));
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new MedMnistReader());
        Assert.Equal(["atelectasis", "mass"], items[0].Labels);
        Assert.Empty(items[1].Labels);
        DecodedImage image = await Load(items[1]);
        Assert.Equal(PixelMode.Rgb, image.Mode);
        Assert.Equal(Bytes(24)[12..], image.Pixels.ToArray());
    }

    [Fact]
    public async Task Volumes_are_slices_the_middle_one_or_refused()
    {
        _folder.Npz("nodulemnist3d.npz", CompressionLevel.Optimal, ("test_images", DatasetFolder.Npy("|u1", "2, 4, 2, 2", Bytes(32))), ("test_labels", DatasetFolder.Npy("|u1", "2, 1", [1, 0])));
        (List<DatasetItem> slices, _) = await _folder.ReadAsync(new MedMnistReader());
        Assert.Equal(8, slices.Count);
        Assert.Equal("nodulemnist3d/test/1/2", slices[6].Id);
        Assert.Equal("benign", Assert.Single(slices[6].Labels));
        Assert.Contains("4 x 2 x 2, read as slices", slices[6].Metadata["volume"]);
        Assert.Equal(Bytes(32)[24..28], (await Load(slices[6])).Pixels.ToArray());
        (List<DatasetItem> middle, _) = await _folder.ReadAsync(new MedMnistReader(new MedMnistOptions { Volumes = VolumeReading.Middle }));
        Assert.Equal(["nodulemnist3d/test/0/2", "nodulemnist3d/test/1/2"], middle.Select(i => i.Id));
        MedMnistReader refusing = new(new MedMnistOptions { Volumes = VolumeReading.Refuse });
        (List<DatasetItem> none, IReadOnlyList<BadRecord> bad) = await _folder.ReadAsync(refusing, BadRecordPolicy.Skip);
        Assert.Empty(none);
        Assert.Equal(2, bad.Count);
        Assert.Contains("volume of 4 x 2 x 2, and models take images", bad[0].Problem);
        await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(refusing));
    }

    [Fact]
    public async Task Classes_come_from_a_list_and_unknown_ones_are_numbers()
    {
        _folder.Npz("mine.npz", CompressionLevel.Optimal, ("train_images", DatasetFolder.Npy("|u1", "2, 1, 1", [1, 2])), ("train_labels", DatasetFolder.Npy("<u2", "2, 1", [0, 0, 1, 0])));
        _folder.Write("names.txt", "first, with a comma\nsecond\n");
        Assert.Equal(["0", "1"], (await _folder.ReadAsync(new MedMnistReader())).Items.SelectMany(i => i.Labels));
        Assert.Equal(["first, with a comma", "second"], (await _folder.ReadAsync(new MedMnistReader(new MedMnistOptions { Classes = "names.txt" }))).Items.SelectMany(i => i.Labels));
        _folder.Write("names.txt", "first\n");
        Assert.Contains("its label is 1, there are 1 classes", await _folder.OneBadAsync(new MedMnistReader(new MedMnistOptions { Classes = "names.txt" }), good: 1));
    }

    [Fact]
    public async Task Labels_of_several_that_are_neither_0_nor_1_are_told()
    {
        _folder.Npz("x.npz", CompressionLevel.Optimal, ("train_images", DatasetFolder.Npy("|u1", "2, 1, 1", [1, 2])), ("train_labels", DatasetFolder.Npy("|i1", "2, 2", [0, 1, 255, 0])));
        string bad = await _folder.OneBadAsync(new MedMnistReader(), good: 1);
        Assert.Contains("label 0 is -1", bad);
        Assert.Contains("train_images[1]", bad);
    }

    [Theory]
    [InlineData("|u1", "2, 1, 2", 2, "False", "states 132 bytes, the archive 130")]
    [InlineData("|u1", "4000000000, 1, 1", 2, "False", "too large")]
    [InlineData("|u1", "2000000000, 2000000000, 2000000000", 2, "False", "cannot be used")]
    [InlineData("|u1", "2000000000, 1, 1", 2, "False", "the archive 130")]
    [InlineData("|u1", "2, 40000, 40000", 2, "False", "bytes")]
    [InlineData("<f4", "2, 1, 1", 8, "False", "type <f4")]
    [InlineData("|O1", "2, 1, 1", 2, "False", "type |O1")]
    [InlineData("|u1", "2, 1, 1", 2, "True", "Fortran order")]
    [InlineData("|u1", "2, 1, 1", 2, "Maybe", "does not state")]
    [InlineData("|u1", "2, -1, 1", 2, "False", "does not state")]
    [InlineData("|u1", "2, 0, 1", 0, "False", "takes 0 bytes")]
    [InlineData("|u1", "2", 2, "False", "shape [2]")]
    [InlineData("|u1", "2, 1, 1, 1, 1, 1", 2, "False", "[N, H, W]")]
    [InlineData("|u1", "3, 1, 1", 3, "False", "3 images and 2 labels")]
    public async Task Headers_that_lie_or_are_not_understood_end_the_reading(string descr, string shape, int bytes, string order, string problem)
    {
        _folder.Npz("x.npz", CompressionLevel.Optimal, ("train_images", DatasetFolder.Npy(descr, shape, new byte[bytes], order)), ("train_labels", DatasetFolder.Npy("|u1", "2, 1", [0, 0])));
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(new MedMnistReader(), BadRecordPolicy.Skip));
        Assert.Contains("x.npz", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public async Task Archives_that_are_none_or_lack_arrays_are_refused()
    {
        _folder.WriteBytes("x.npz", [1, 2, 3]);
        Assert.Contains("no .npz archive", (await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(new MedMnistReader()))).Message);
        Assert.False(new MedMnistReader().Probe(_folder.Root).Matches);
        _folder.Npz("x.npz", CompressionLevel.Optimal, ("arr_0", DatasetFolder.Npy("|u1", "1", [0])));
        Assert.Contains("none of the arrays", (await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(new MedMnistReader()))).Message);
        _folder.Npz("x.npz", CompressionLevel.Optimal, ("test_images", DatasetFolder.Npy("|u1", "1, 1, 1", [0])));
        Assert.Contains("no array test_labels", (await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(new MedMnistReader()))).Message);
        _folder.Npz("x.npz", CompressionLevel.Optimal, ("test_images", [.. "PK not numpy"u8]), ("test_labels", [1]));
        Assert.Contains("does not begin", (await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(new MedMnistReader()))).Message);
        _folder.Npz("x.npz", CompressionLevel.Optimal, ("test_images", [0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 127]), ("test_labels", [1]));
        Assert.Contains("at most 65536", (await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(new MedMnistReader()))).Message);
    }

    [Fact]
    public async Task A_compressed_bomb_takes_the_memory_of_one_image()
    {
        // 200,000 images of zeros: 157 MB that deflate to some 150 KB.
        string file = _folder.PathOf("bomb.npz");
        using (ZipArchive archive = ZipFile.Open(file, ZipArchiveMode.Create))
        {
            using (Stream images = archive.CreateEntry("train_images.npy", CompressionLevel.Fastest).Open())
            {
                images.Write(DatasetFolder.Npy("|u1", "200000, 28, 28", []));
                byte[] zeros = new byte[784_000];
                for (int i = 0; i < 200; i++) images.Write(zeros);
            }

            using Stream labels = archive.CreateEntry("train_labels.npy", CompressionLevel.Fastest).Open();
            labels.Write(DatasetFolder.Npy("|u1", "200000, 1", new byte[200_000]));
        }

        DatasetRequest request = new(file);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        DatasetItem? last = null;
        await foreach (DatasetItem item in new MedMnistReader().ReadAsync(request, TestContext.Current.CancellationToken)) last = item;
        Assert.Equal("bomb/train/199999", last!.Id);
        Assert.Equal(784, (await Load(last)).Pixels.Length);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 64 << 20);
    }

    private static async Task<DecodedImage> Load(DatasetItem item) => await Assert.IsType<PixelImage>(item.Image).Load(TestContext.Current.CancellationToken);

    private static byte[] Bytes(int count) => [.. Enumerable.Range(1, count).Select(i => (byte)i)];
}
