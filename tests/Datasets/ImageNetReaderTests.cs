using System.ComponentModel.DataAnnotations;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.ImageNet;

namespace Pellucid.Plugins.Datasets.Tests;

public sealed class ImageNetReaderTests : IDisposable
{
    private readonly DatasetFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Folders_of_WordNet_ids_get_their_names_from_the_class_list()
    {
        _folder.Images("val/n01440764/b.JPEG", "val/n01440764/a.JPEG", "val/n01443537/c.JPEG", "train/n01440764/d.JPEG");
        _folder.Write("LOC_synset_mapping.txt", "n01440764 tench, Tinca tinca\nn01443537 goldfish, Carassius auratus\n");
        (List<DatasetItem> items, _) = await _folder.ReadAsync(Reader());
        Assert.Equal(["train/n01440764/d.JPEG", "val/n01440764/a.JPEG", "val/n01440764/b.JPEG", "val/n01443537/c.JPEG"], items.Select(i => i.Id));
        Assert.Equal(["tench", "tench", "tench", "goldfish"], items.Select(i => Assert.Single(i.Labels)));
        Assert.Equal(["train", "val", "val", "val"], items.Select(i => i.Split));
        Assert.Equal("n01443537", items[3].Metadata["class"]);
        Assert.All(items, i => Assert.Empty(i.Captions));
    }

    [Theory]
    [InlineData("imagenet_class_index.json", """{"0":["n01440764","tench"],"1":["n01443537","gold_fish"]}""")]
    [InlineData("classes.json", """{"n01440764":"tench","n01443537":"gold fish, carp"}""")]
    [InlineData("words.txt", "n01440764\ttench, Tinca tinca\n# a remark\n\nn01443537\tgold fish\n")]
    public async Task Class_lists_of_several_forms_are_understood(string file, string text)
    {
        _folder.Images("n01440764/a.jpg", "n01443537/b.jpg");
        _folder.Write(file, text);
        (List<DatasetItem> items, _) = await _folder.ReadAsync(Reader(new ImageNetOptions { Classes = file, Template = "a photo of a {label}." }));
        Assert.Equal(["tench", "gold fish"], items.SelectMany(i => i.Labels));
        Assert.Equal(["a photo of a tench.", "a photo of a gold fish."], items.SelectMany(i => i.Captions));
    }

    [Fact]
    public async Task Classes_of_one_name_stay_two_classes()
    {
        _folder.Images("n02012849/a.jpg", "n03126707/b.jpg");
        _folder.Write("words.txt", "n02012849\tcrane\nn03126707\tcrane\n");
        Assert.Equal(["crane (n02012849)", "crane (n03126707)"], (await _folder.ReadAsync(Reader())).Items.SelectMany(i => i.Labels));
    }

    [Fact]
    public async Task Without_a_class_list_WordNet_ids_are_no_labels_unless_that_is_asked_for()
    {
        _folder.Images("n01440764/a.jpg");
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(Reader()));
        Assert.Contains("labels=folders", error.Message);
        Assert.Equal(["n01440764"], (await _folder.ReadAsync(Reader(new ImageNetOptions { Labels = ClassLabels.Folders }))).Items.SelectMany(i => i.Labels));
    }

    [Fact]
    public async Task A_folder_that_is_not_in_the_class_list_is_a_bad_record_with_near_names()
    {
        _folder.Images("n01440764/a.jpg", "n01443538/b.jpg");
        _folder.Write("words.txt", "n01440764\ttench\nn01443537\tgoldfish\n");
        string bad = await _folder.OneBadAsync(Reader(), good: 1);
        Assert.Contains("there is no class 'n01443538'", bad);
        Assert.Contains("nearest: n01443537", bad);
    }

    [Theory]
    [InlineData("n02012849\tcrane\n", "no folder of")]
    [InlineData("n01440764\ttench\nn01440764\ttench\n", "stands there twice")]
    [InlineData("n01440764\t\n", "classes.txt:1")]
    [InlineData("", "there is no class in it")]
    public async Task A_class_list_that_does_not_match_ends_the_reading(string list, string problem)
    {
        _folder.Images("n01440764/a.jpg");
        _folder.Write("classes.txt", list);
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(Reader(), BadRecordPolicy.Skip));
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public async Task Folders_of_other_names_and_numbers_are_classes_where_the_reader_is_named()
    {
        _folder.Images("cats/a.jpg", "dogs/b.jpg");
        Assert.False(Reader().Probe(_folder.Root).Matches);
        Assert.Equal(["cats", "dogs"], (await _folder.ReadAsync(Reader())).Items.SelectMany(i => i.Labels));
        using DatasetFolder numbers = new();
        numbers.Images("0/a.jpg", "1/b.jpg", "10/c.jpg");
        numbers.Write("classes.txt", string.Join('\n', Enumerable.Range(0, 11).Select(i => $"class {i}")));
        Assert.Equal(["class 0", "class 1", "class 10"], (await numbers.ReadAsync(Reader())).Items.SelectMany(i => i.Labels));
    }

    [Fact]
    public async Task One_part_can_be_chosen()
    {
        _folder.Images("val/n01440764/a.jpg", "train/n01440764/b.jpg");
        ImageNetOptions options = new() { Labels = ClassLabels.Folders, Part = "val" };
        Assert.Equal("val/n01440764/a.jpg", Assert.Single((await _folder.ReadAsync(Reader(options))).Items).Id);
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(Reader(options with { Part = "vall" })));
        Assert.Contains("nearest: val", error.Message);
    }

    [Fact]
    public async Task Masks_of_ImageNet_S_hold_the_class_in_two_channels()
    {
        // 300 classes: class 299 is 43 + 256, and 1000 (232 + 3 * 256) is nobody's.
        List<string> ids = [.. Enumerable.Range(1, 300).Select(i => $"n{i:D8}")];
        _folder.Write("ImageNetS_categories_im300.txt", string.Join('\n', ids.AsEnumerable().Reverse()));
        _folder.Images("validation/n00000299/a.JPEG", "validation/n00000001/b.JPEG");
        _folder.Image("validation-segmentation/n00000299/a.png", 4, 3, (x, y) => y == 0 ? ((byte)43, (byte)1, (byte)0) : x == 0 ? ((byte)232, (byte)3, (byte)0) : ((byte)43, (byte)0, (byte)0));
        _folder.Image("validation-segmentation/n00000001/b.png", 4, 3, (x, y) => ((byte)2, (byte)0, (byte)0));
        (List<DatasetItem> items, _) = await _folder.ReadAsync(Reader(new ImageNetOptions { Labels = ClassLabels.Folders }));
        Assert.Equal(2, items.Count);
        ImageMask mask = await Assert.Single(items[1].Regions).LoadAsync(3, 4, TestContext.Current.CancellationToken);
        Assert.Equal("111100000000", string.Concat(mask.Pixels.ToArray().Select(p => p ? '1' : '0')));
        PellucidException empty = await Assert.ThrowsAsync<PellucidException>(async () => await items[0].Regions[0].LoadAsync(3, 4, TestContext.Current.CancellationToken));
        Assert.Contains("no pixel of the mask has the value 1", empty.Message);
        PellucidException size = await Assert.ThrowsAsync<PellucidException>(async () => await items[1].Regions[0].LoadAsync(4, 4, TestContext.Current.CancellationToken));
        Assert.Contains("4 x 3", size.Message);
    }

    [Fact]
    public async Task A_missing_mask_is_a_bad_record_and_masks_without_a_list_need_all_classes()
    {
        _folder.Images("validation/n00000001/a.JPEG", "validation/n00000001/b.JPEG");
        _folder.Image("validation-segmentation/n00000001/a.png");
        ImageNetOptions options = new() { Labels = ClassLabels.Folders };
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(Reader(options)));
        Assert.Contains("mask-classes=<file>", error.Message);
        _folder.Write("list.txt", "n00000001\n");
        Assert.Contains("b.png' does not exist", await _folder.OneBadAsync(Reader(options with { MaskClasses = "list.txt" }), good: 1));
    }

    [Fact]
    public void Options_that_make_no_sense_are_refused()
    {
        ImageNetOptions template = new() { Template = "a photo" }, list = new() { Classes = "x", Labels = ClassLabels.Folders };
        Assert.Contains("{label}", Assert.Single(template.Validate(new ValidationContext(template))).ErrorMessage);
        Assert.Contains("labels=folders", Assert.Single(list.Validate(new ValidationContext(list))).ErrorMessage);
    }

    private static ImageNetReader Reader(ImageNetOptions? options = null) => new(new DatasetFolder.ImageReader(), options ?? new ImageNetOptions());
}
