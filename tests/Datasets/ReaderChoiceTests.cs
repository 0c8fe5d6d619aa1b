using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Host;
using Pellucid.Host.Datasets;
using Pellucid.TestSupport;

namespace Pellucid.Plugins.Datasets.Tests;

/// <summary>Which reader the host takes for a place.</summary>
public sealed class ReaderChoiceTests : IDisposable
{
    private readonly DatasetFolder _folder = new();
    private readonly DatasetFolder _state = new();
    private readonly HostServices _services;
    private readonly DatasetLocator _locator;

    public ReaderChoiceTests()
    {
        _services = new HostServices(
            new HostSettings { HostFolder = Path.Combine(RepositoryPaths.Root, "artifacts", "bin", "Pellucid.Host", "release"), StateFolder = _state.Root, Device = "cpu" },
            HostServices.CreateDefaultRunner);
        _locator = new DatasetLocator(_services);
    }

    public void Dispose()
    {
        _services.Dispose();
        _folder.Dispose();
        _state.Dispose();
    }

    [Theory]
    [InlineData("coco", "annotations.json", """{"images":[]}""")]
    [InlineData("coco", "annotations/instances_val2017.json", """{"info":{},"images":[{"id":1,"file_name":"a.jpg"}]}""")]
    [InlineData("coco", "annotations.json", "{ damaged")]
    [InlineData("karpathy", "dataset_coco.json", """{"images":[{"filename":"a.jpg","sentences":[]}]}""")]
    [InlineData("imagenet", "n01440764/b.JPEG", "x")]
    [InlineData("imagenet", "validation/n01440764/b.JPEG", "x")]
    [InlineData("imagenet", "sketch/n01440764/b.JPEG", "x")]
    [InlineData("conceptual-captions", "Train_GCC-training.tsv", "a cat\thttp://a.example/1.jpg")]
    [InlineData("conceptual-captions", "train.tsv", "title\tfilepath\n")]
    [InlineData("image-table", "valid.csv", "Path,Sex,Edema\n")]
    [InlineData("image-table", "boxes.csv", "path,label_text,x,y,w,h\n")]
    [InlineData("roco", "data/train/radiology/captions.txt", "ROCO_1\tx")]
    [InlineData("roco", "traindata.csv", "id,name,caption\n")]
    [InlineData("roco", "train_captions.csv", "ID,Caption\n")]
    [InlineData("vqa-rad", "VQA_RAD Dataset Public.json", """[{"qid":1,"image_name":"a","question":"b","answer":"c"}]""")]
    [InlineData("slake", "train.json", """[{"qid":1,"img_name":"a","question":"b","answer":"c","q_lang":"en"}]""")]
    [InlineData("image-folder", "some/notes.txt", "x")]
    public void A_layout_has_one_reader(string id, string file, string text)
    {
        _folder.Write(file, text);
        _folder.Images("images/a.png");
        Assert.Equal(id, _locator.Reader(_folder.Root).Id);
    }

    [Theory]
    [InlineData("coco", "instances_x.json", """{"images":[]}""")]
    [InlineData("karpathy", "dataset_flickr30k.json", """{"images":[{"filename":"a.jpg","sentences":[]}]}""")]
    [InlineData("conceptual-captions", "a.tsv", "a cat\thttp://a.example/1.jpg")]
    [InlineData("image-table", "a.csv", "path,label\n")]
    [InlineData("vqa-rad", "a.json", """[{"qid":1,"image_name":"a","question":"b","answer":"c"}]""")]
    [InlineData("slake", "a.json", """[{"qid":1,"img_name":"a","question":"b","answer":"c","q_lang":"en"}]""")]
    public void A_file_has_one_reader(string id, string file, string text) => Assert.Equal(id, _locator.Reader(_folder.Write(file, text)).Id);

    [Fact]
    public void An_archive_has_one_reader()
    {
        string file = _folder.Npz("pathmnist.npz", System.IO.Compression.CompressionLevel.Optimal, ("test_images", []), ("test_labels", []));
        Assert.Equal("medmnist", _locator.Reader(file).Id);
        Assert.Equal("medmnist", _locator.Reader(_folder.Root).Id);
    }

    [Theory]
    [InlineData("shapes")]
    [InlineData("phantom-cxr")]
    public async Task The_data_sets_that_ship_are_read_without_naming_a_reader(string name)
    {
        string path = Path.Combine(RepositoryPaths.Datasets, name);
        IDatasetReader reader = _locator.Reader(path);
        Assert.Equal("coco", reader.Id);
        (List<DatasetItem> items, IReadOnlyList<BadRecord> bad) = await DatasetFolder.ReadAsync(reader, path);
        Assert.Empty(bad);
        Assert.True(items.Count >= 48);
        Assert.All(items, i => Assert.True(i.Captions.Count > 0 && File.Exists(((FileImage)i.Image).Path)));
        if (name == "shapes") Assert.True((await items[0].Regions[0].LoadAsync(64, 64, TestContext.Current.CancellationToken)).Area > 0);
    }

    [Fact]
    public async Task Labels_of_the_phantoms_are_the_same_from_both_files()
    {
        string path = Path.Combine(RepositoryPaths.Datasets, "phantom-cxr");
        (List<DatasetItem> annotations, _) = await DatasetFolder.ReadAsync(_locator.Reader(path), path);
        string table = Path.Combine(path, "labels.csv");
        (List<DatasetItem> labels, _) = await DatasetFolder.ReadAsync(_locator.Reader(table), table);
        Assert.Equal(annotations.Select(i => (i.Id, string.Join(',', i.Labels.Order()))), labels.Select(i => (i.Id, string.Join(',', i.Labels.Order()))));
    }

    [Fact]
    public void Several_layouts_in_one_place_are_told_with_their_readers()
    {
        _folder.Write("annotations/captions_val2014.json", """{"images":[]}""");
        _folder.Write("dataset_coco.json", """{"images":[{"filename":"a.jpg","sentences":[]}]}""");
        PellucidException error = Assert.Throws<PellucidException>(() => _locator.Reader(_folder.Root));
        Assert.Contains("name one of coco, karpathy", error.Message);
        Assert.Equal("karpathy", _locator.Reader(_folder.Root, "karpathy").Id);
    }

    [Fact]
    public void A_place_that_nobody_knows_is_told_with_all_reasons()
    {
        _folder.Write("readme.md", "x");
        PellucidException error = Assert.Throws<PellucidException>(() => _locator.Reader(_folder.Root));
        Assert.Contains("medmnist: there is no .npz in it", error.Message);
        Assert.Contains("image-folder: there is no image file in it", error.Message);
    }

    [Fact]
    public async Task Options_stand_behind_the_id_of_the_reader()
    {
        _folder.Npz("nodulemnist3d.npz", System.IO.Compression.CompressionLevel.Optimal,
            ("test_images", DatasetFolder.Npy("|u1", "1, 4, 2, 2", new byte[16])), ("test_labels", DatasetFolder.Npy("|u1", "1, 1", [1])));
        IDatasetReader reader = _locator.Reader(_folder.Root, "medmnist(volumes=middle)");
        Assert.Equal("nodulemnist3d/test/0/2", Assert.Single((await _folder.ReadAsync(reader)).Items).Id);
        Assert.Contains("nearest: volumes", Assert.Throws<Host.Options.SpecException>(() => _locator.Reader(_folder.Root, "medmnist(volume=middle)")).Message);
        Assert.Contains("known: slices, middle, refuse", Assert.Throws<Host.Options.SpecException>(() => _locator.Reader(_folder.Root, "medmnist(volumes=all)")).Message);
        Assert.Contains("nearest: medmnist", Assert.Throws<Host.Options.SpecException>(() => _locator.Reader(_folder.Root, "medmist")).Message);
        Assert.Contains("has no options", Assert.Throws<Host.Options.SpecException>(() => _locator.Reader(_folder.Root, "image-folder(a=1)")).Message);
        Assert.Contains("{label}", Assert.Throws<Host.Options.SpecException>(() => _locator.Reader(_folder.Root, "imagenet(template=\"a photo\")")).Message);
    }

    [Fact]
    public void The_page_about_data_sets_has_every_reader_and_option()
    {
        string page = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "docs", "reference", "datasets.md"));
        Assert.All(_services.DatasetReaders, r => Assert.Contains($"\n| `{r.Id}` |", page));
        Assert.All(_services.DatasetReaders.SelectMany(r => Host.Options.OptionSchema.Of(r.OptionsType).Options), o => Assert.Contains($"| `{o.Name}` | {(o.Default is "\"\"" or "[]" ? string.Empty : $"`{o.Default}`")}", page));
    }

    [Fact]
    public void Every_reader_has_its_own_id_and_options_with_descriptions()
    {
        IReadOnlyList<IDatasetReader> readers = _services.DatasetReaders;
        Assert.Equal(10, readers.Count);
        Assert.Equal(10, readers.Select(r => r.Id).Distinct().Count());
        Assert.All(readers.SelectMany(r => Host.Options.OptionSchema.Of(r.OptionsType).Options), o => Assert.NotEmpty(o.Description));
    }
}
