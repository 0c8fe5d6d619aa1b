using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Host;
using Pellucid.Host.Datasets;

namespace Pellucid.EndToEnd.Tests.Datasets;

/// <summary>The readers of data sets, through the built plugin.</summary>
public sealed class DatasetReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HostServices _services;

    public DatasetReaderTests() => _services = new HostServices(new HostSettings { HostFolder = Cli.HostFolder, StateFolder = _folder["state"] }, HostServices.CreateDefaultRunner);

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_shapes_come_with_captions_and_masks()
    {
        IReadOnlyList<DatasetItem> items = await ReadAsync("shapes");
        Assert.Equal(120, items.Count);
        DatasetItem first = items[0];
        Assert.Equal("images/000001.png", first.Id);
        Assert.Equal("a photo of a purple ring", first.Captions[0]);
        Assert.Equal(["ring"], first.Labels);
        DatasetRegion ring = Assert.Single(first.Regions);
        Assert.Equal(("a purple ring", "ring"), (ring.Name, ring.Label));
        Assert.Equal(331, (await ring.LoadAsync(64, 64, TestContext.Current.CancellationToken)).Area);
        Assert.Equal((await first.Image.LoadAsync()).ContentHash, await first.Image.HashAsync());
        PellucidException wrong = await Assert.ThrowsAsync<PellucidException>(() => ring.LoadAsync(32, 64).AsTask());
        Assert.Contains("annotations[0]", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_phantoms_come_with_labels_and_lesions()
    {
        IReadOnlyList<DatasetItem> items = await ReadAsync("phantom-cxr");
        Assert.Equal(140, items.Count);
        Assert.Equal(["No Finding"], items[0].Labels);
        Assert.Equal(["Enlarged Cardiomediastinum", "Lung Lesion"], items[1].Labels);
        Assert.Single(items[1].Captions);
        Assert.Equal(52, (await items[1].Regions[1].LoadAsync(112, 112)).Area);
        Assert.Equal(218, items.Sum(i => i.Regions.Count));
    }

    [Fact]
    public async Task Outlines_of_all_forms_are_masks()
    {
        // 4 x 3 pixels; the packed counts are those of COCO's own coding of [3, 2, 7].
        Write("""
            {"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 5, "name": "cat"}],
             "annotations": [
              {"image_id": 1, "category_id": 5, "segmentation": {"size": [3, 4], "counts": [3, 2, 7]}},
              {"image_id": 1, "category_id": 5, "segmentation": {"size": [3, 4], "counts": "327"}},
              {"image_id": 1, "category_id": 5, "segmentation": [[1, 0, 2, 0, 2, 2, 1, 2]]},
              {"image_id": 1, "category_id": 5, "bbox": [1, 0, 1, 2]},
              {"image_id": 1, "caption": "a cat"}]}
            """);
        DatasetItem item = Assert.Single(await ReadAsync(_folder.Path));
        Assert.Equal(["a cat"], item.Captions);
        Assert.Equal(4, item.Regions.Count);
        foreach (DatasetRegion region in item.Regions)
        {
            ImageMask mask = await region.LoadAsync(3, 4);
            Assert.Equal("0100 0100 0000", string.Join(string.Empty, mask.Pixels.ToArray().Select((p, i) => (i is 4 or 8 ? " " : string.Empty) + (p ? "1" : "0"))));
        }
    }

    [Theory]
    [InlineData("""{"images": [{"id": 1, "file_name": "../a.png"}]}""", "leads out of the data set's folder")]
    [InlineData("""{"images": [{"file_name": "a.png"}]}""", "images[0]")]
    [InlineData("""{"images": [{"id": 1, "file_name": "a.png"}, {"id": 2, "file_name": "a.png"}]}""", "stands there twice")]
    [InlineData("""{"images": [{"id": 1, "file_name": "a.png"}], "annotations": [{"image_id": 1, "category_id": 9, "bbox": [0, 0, 1, 1]}]}""", "annotations[0]")]
    [InlineData("""{"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 9, "name": "x"}], "annotations": [{"image_id": 1, "category_id": 9, "bbox": [0, 0, 1]}]}""", "neither a segmentation nor a bbox")]
    public async Task A_record_that_cannot_be_used_is_fatal_or_left_out(string json, string says)
    {
        Write(json);
        Assert.Contains(says, (await Assert.ThrowsAsync<PellucidException>(() => ReadAsync(_folder.Path))).Message, StringComparison.Ordinal);
        DatasetRequest request = new(_folder.Path, BadRecordPolicy.Skip);
        await ReadAsync(request);
        BadRecord bad = Assert.Single(request.Rejected);
        Assert.Contains(says, $"{bad.Location}: {bad.Problem}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n\"images\": [\n,]}", ":3: this is no JSON")]
    [InlineData("[]", "there is no list of images")]
    public async Task A_file_that_cannot_be_read_is_fatal_in_any_case(string json, string says)
    {
        Write(json);
        Assert.Contains(says, (await Assert.ThrowsAsync<PellucidException>(() => ReadAsync(new DatasetRequest(_folder.Path, BadRecordPolicy.Skip)))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_of_images_is_read_in_order_of_paths()
    {
        foreach (string name in new[] { "b.png", "sub/a.JPG", "a.tiff", ".hidden.png", "notes.txt" })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
            File.WriteAllBytes(_folder[name], []);
        }

        Assert.Equal(["a.tiff", "b.png", "sub/a.JPG"], (await ReadAsync(_folder.Path)).Select(i => i.Id));
    }

    [Fact]
    public void What_no_reader_knows_is_refused_with_the_reasons()
    {
        DatasetLocator datasets = new(_services);
        Assert.Contains("nearest: shapes", Assert.Throws<PellucidException>(() => datasets.Find("shape", _folder.Path)).Message, StringComparison.Ordinal);
        Assert.Contains("nearest: coco", Assert.ThrowsAny<PellucidException>(() => datasets.Reader(_folder.Path, "cocoo")).Message, StringComparison.Ordinal);
        string message = Assert.Throws<PellucidException>(() => datasets.Reader(_folder.Path)).Message;
        Assert.Contains("coco: there is no annotations.json", message, StringComparison.Ordinal);
        Assert.Contains("image-folder: there is no image file", message, StringComparison.Ordinal);
    }

    private void Write(string json) => File.WriteAllText(_folder["annotations.json"], json);

    private Task<IReadOnlyList<DatasetItem>> ReadAsync(string nameOrPath) => ReadAsync(new DatasetRequest(new DatasetLocator(_services).Find(nameOrPath, _folder.Path)));

    private async Task<IReadOnlyList<DatasetItem>> ReadAsync(DatasetRequest request)
    {
        List<DatasetItem> items = [];
        await foreach (DatasetItem item in new DatasetLocator(_services).Reader(request.Path).ReadAsync(request, TestContext.Current.CancellationToken)) items.Add(item);
        return items;
    }
}
