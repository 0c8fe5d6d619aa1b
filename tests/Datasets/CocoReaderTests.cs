using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Coco;

namespace Pellucid.Plugins.Datasets.Tests;

public sealed class CocoReaderTests : IDisposable
{
    private const string Categories = """[{"id":1,"name":"person","supercategory":"person"},{"id":18,"name":"dog"}]""";
    private readonly DatasetFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Instances_and_captions_of_a_set_are_read_together()
    {
        Real();
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new CocoReader());
        Assert.Equal(["val2017/000000000001.jpg", "val2017/000000000002.jpg"], items.Select(i => i.Id));
        Assert.Equal(["a dog", "a dog by a person"], items[0].Captions);
        Assert.Equal(["dog", "person"], items[0].Labels);
        Assert.Equal("val2017", items[0].Split);
        Assert.Equal(_folder.PathOf("val2017/000000000001.jpg"), Assert.IsType<FileImage>(items[0].Image).Path);
        Assert.Empty(items[1].Regions);
        Assert.Equal(["nothing there"], items[1].Captions);
        ImageMask polygon = await items[0].Regions[0].LoadAsync(3, 4, TestContext.Current.CancellationToken);
        Assert.Equal("110011000000", string.Concat(polygon.Pixels.ToArray().Select(p => p ? '1' : '0')));
        ImageMask crowd = await items[0].Regions[1].LoadAsync(3, 4, TestContext.Current.CancellationToken);
        Assert.Equal("010001000000", string.Concat(crowd.Pixels.ToArray().Select(p => p ? '1' : '0')));
    }

    [Fact]
    public async Task One_annotation_file_gives_the_same_ids_as_the_folder()
    {
        Real();
        (List<DatasetItem> all, _) = await _folder.ReadAsync(new CocoReader());
        (List<DatasetItem> one, _) = await DatasetFolder.ReadAsync(new CocoReader(), _folder.PathOf("annotations/instances_val2017.json"));
        Assert.Equal(all.Select(i => i.Id), one.Select(i => i.Id));
        Assert.Equal(all[0].Image, one[0].Image);
        Assert.Empty(one[0].Captions);
    }

    [Fact]
    public async Task A_set_can_be_chosen_and_an_unknown_one_is_refused()
    {
        Real();
        _folder.Write("annotations/captions_train2017.json", """{"images":[],"annotations":[]}""");
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new CocoReader(new CocoOptions { Set = "val2017" }));
        Assert.Equal(2, items.Count);
        PellucidException none = await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(new CocoReader(new CocoOptions { Set = "val2014" })));
        Assert.Contains("nearest: val2017", none.Message);
    }

    [Theory]
    [InlineData("""{"id":8,"image_id":99,"category_id":1,"bbox":[0,0,1,1]}""", "image_id 99 is none of the images")]
    [InlineData("""{"id":8,"image_id":"1","category_id":1,"bbox":[0,0,1,1]}""", "image_id (a whole number)")]
    [InlineData("""{"id":8,"image_id":1,"category_id":7,"bbox":[0,0,1,1]}""", "category_id is none of the categories")]
    [InlineData("""{"id":8,"image_id":1,"category_id":1}""", "neither a segmentation nor a bbox")]
    [InlineData("""{"id":8,"image_id":1,"category_id":1,"bbox":[0,0,1e999,1]}""", "neither a segmentation nor a bbox")]
    [InlineData("""{"id":8,"image_id":1,"category_id":1,"bbox":[0,0,0,1]}""", "0 wide")]
    [InlineData("""{"id":8,"image_id":1,"category_id":1,"segmentation":[[0,0,1,1]]}""", "at least three corners")]
    [InlineData("""{"id":8,"image_id":1,"category_id":1,"segmentation":[[0,0,1,1,1e300,0]]}""", "at least three corners")]
    [InlineData("""{"id":8,"image_id":1,"category_id":1,"segmentation":{"size":[3,"4"],"counts":[12]}}""", "size")]
    [InlineData("""{"id":8,"image_id":1,"category_id":1,"segmentation":{"size":[3,4],"counts":12}}""", "counts")]
    [InlineData("""{"id":8,"image_id":1,"caption":7}""", "caption is no text")]
    [InlineData("""{"id":8,"image_id":1,"caption":"\uD800"}""", "caption is no text")]
    [InlineData("""{"id":5,"image_id":1,"category_id":1,"bbox":[0,0,1,1]}""", "id 5 stands there twice")]
    [InlineData("\"text\"", "image_id")]
    public async Task A_bad_annotation_is_told_with_its_place(string annotation, string problem)
    {
        _folder.Write("annotations.json", $$"""{"annotations":[{"id":5,"image_id":1,"category_id":1,"bbox":[0,0,1,1]},{{annotation}}],"images":[{"id":1,"file_name":"a.png"}],"categories":{{Categories}}}""");
        string bad = await _folder.OneBadAsync(new CocoReader(), good: 1);
        Assert.Contains(problem, bad);
        Assert.Contains("annotations[1] at byte", bad);
    }

    [Theory]
    [InlineData("""{"id":"1","file_name":"b.png"}""", "an image needs an id")]
    [InlineData("""{"id":2,"file_name":["b.png"]}""", "file_name (a text)")]
    [InlineData("""{"id":2,"file_name":"../b.png"}""", "leads out of")]
    [InlineData("""{"id":2,"file_name":"/etc/passwd"}""", "leads out of")]
    [InlineData("""{"id":2,"file_name":"..\\b.png"}""", "leads out of")]
    [InlineData("""{"id":2,"file_name":"a\u0000.png"}""", "leads out of")]
    [InlineData("""{"id":1,"file_name":"b.png"}""", "id 1 stands there twice")]
    [InlineData("""{"id":2,"file_name":"a.png"}""", "'a.png' stands there twice")]
    public async Task A_bad_image_is_told_with_its_place(string image, string problem)
    {
        _folder.Write("annotations.json", $$"""{"images":[{"id":1,"file_name":"a.png"},{{image}}]}""");
        string bad = await _folder.OneBadAsync(new CocoReader(), good: 1);
        Assert.Contains(problem, bad);
        Assert.Contains("images[1] at byte 40", bad);
    }

    [Theory]
    [InlineData("""{"images":[{"id":1,"file_name":"a.png"},""", "this is no JSON")]
    [InlineData("""{"images":[{"id":1,"file_na""", "this is no JSON")]
    [InlineData("", "this is no JSON")]
    [InlineData("7", "a list or an object is needed")]
    [InlineData("""{"annotations":[]}""", "no list of images")]
    [InlineData("""{"images":[]} x""", "this is no JSON")]
    public async Task A_file_that_is_broken_ends_the_reading_whatever_the_policy(string json, string problem)
    {
        _folder.Write("annotations.json", json);
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(new CocoReader(), BadRecordPolicy.Skip));
        Assert.Contains("annotations.json", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Theory]
    [InlineData("[13]", "do not fit")]
    [InlineData("[4,4]", "are of 8 pixels")]
    [InlineData("[-1,13]", "do not fit")]
    [InlineData("[1.5,10.5]", "whole numbers")]
    [InlineData("\"ooooooooooooo\"", "end in the middle")]
    [InlineData("\"\\u0001\"", "cannot stand there")]
    [InlineData("\"oooooooooooOoooooooooooOoooooooooooOoooooooooooOoooooooooooO\"", "")]
    public async Task Run_lengths_that_do_not_fit_the_image_are_refused_when_the_mask_is_asked_for(string counts, string problem)
    {
        _folder.Write("annotations.json", $$$"""{"images":[{"id":1,"file_name":"a.png"}],"categories":{{{Categories}}},"annotations":[{"id":1,"image_id":1,"category_id":1,"segmentation":{"size":[3,4],"counts":{{{counts}}}}}]}""");
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new CocoReader());
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(async () => await items[0].Regions[0].LoadAsync(3, 4, TestContext.Current.CancellationToken));
        Assert.Contains("annotations[0] at byte", error.Message);
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public async Task Records_that_cross_the_buffer_and_come_in_any_order_are_read_whole()
    {
        string filler = new('x', 1000);
        string images = string.Join(",\n", Enumerable.Range(0, 700).Select(i => $$"""{"file_name":"{{i}}.png","id":{{i}},"note":"{{filler}}"}"""));
        string annotations = string.Join(",", Enumerable.Range(0, 1400).Select(i => $$"""{"id":{{i}},"image_id":{{i % 700}},"caption":"caption {{i}}"}"""));
        _folder.WriteBytes("annotations.json", [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes($$"""{"info":{"a":[1,[2]]},"annotations":[{{annotations}}],"images":[{{images}}]}""")]);
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new CocoReader());
        Assert.Equal(700, items.Count);
        Assert.All(items, (item, i) => Assert.Equal([$"caption {i}", $"caption {i + 700}"], item.Captions));
    }

    [Fact]
    public async Task Attributes_and_positions_of_a_region_are_kept()
    {
        _folder.Write("annotations.json", $$$"""
            {"images":[{"id":1,"file_name":"a.png"}],"categories":{{{Categories}}},"annotations":[
            {"image_id":1,"category_id":1,"phrase":"a red man","bbox":[0,0,1,1],"attributes":{"colour":"red","age":["old","tall"],"x":7},"position":["left"]}]}
            """);
        DatasetRegion region = Assert.Single((await _folder.ReadAsync(new CocoReader())).Items[0].Regions);
        Assert.Equal(("a red man", "person"), (region.Name, region.Label));
        Assert.Equal("colour=red age=old age=tall position=left", string.Join(' ', region.Attributes.Select(a => $"{a.Name}={a.Value}")));
    }

    [Fact]
    public async Task A_missing_image_stays_or_is_a_bad_record_as_the_option_says()
    {
        _folder.Write("annotations.json", """{"images":[{"id":1,"file_name":"a.png"},{"id":2,"file_name":"b.png"}]}""");
        _folder.Image("a.png");
        Assert.Equal(2, (await _folder.ReadAsync(new CocoReader())).Items.Count);
        Assert.Contains("'b.png' does not exist", await _folder.OneBadAsync(new CocoReader(new CocoOptions { MissingImages = MissingImages.Reject }), good: 1));
    }

    [Fact]
    public async Task The_karpathy_split_is_read_with_its_sentences()
    {
        Karpathy("""{"filepath":"val2014","sentids":[7],"filename":"COCO_val2014_000000000042.jpg","imgid":0,"split":"test","sentences":[{"tokens":["a"],"raw":"A dog. ","imgid":0,"sentid":7},{"raw":"It sits."}],"cocoid":42}""");
        _folder.Image("val2014/COCO_val2014_000000000042.jpg");
        DatasetItem item = Assert.Single((await _folder.ReadAsync(new KarpathyReader())).Items);
        Assert.Equal("val2014/COCO_val2014_000000000042.jpg", item.Id);
        Assert.Equal(["A dog.", "It sits."], item.Captions);
        Assert.Equal("test", item.Split);
        Assert.Equal("42", item.Metadata["cocoid"]);
        Assert.True(new KarpathyReader().Probe(_folder.Root).Matches);
        Assert.False(new CocoReader().Probe(_folder.PathOf("dataset_coco.json")).Matches);
    }

    [Theory]
    [InlineData("""{"filename":"b.jpg","sentences":[{"raw":"x"}]}""", "needs a split")]
    [InlineData("""{"filename":"b.jpg","split":"test","sentences":[{"raw":4}]}""", "each with a raw text")]
    [InlineData("""{"filename":"b.jpg","split":"test","sentences":[]}""", "at least one sentence")]
    [InlineData("""{"filename":"../../b.jpg","split":"test","sentences":[{"raw":"x"}]}""", "leads out")]
    [InlineData("""{"filename":"a.jpg","split":"test","sentences":[{"raw":"x"}]}""", "twice")]
    public async Task A_bad_record_of_the_karpathy_split_is_told_with_its_place(string record, string problem)
    {
        Karpathy("""{"filename":"a.jpg","split":"train","sentences":[{"raw":"x"}]}""", record);
        string bad = await _folder.OneBadAsync(new KarpathyReader(), good: 1);
        Assert.Contains(problem, bad);
        Assert.Contains("images[1] at byte", bad);
    }

    private void Karpathy(params string[] images) => _folder.Write("dataset_coco.json", $$"""{"images":[{{string.Join(",", images)}}],"dataset":"coco"}""");

    private void Real()
    {
        const string Images = """[{"license":4,"file_name":"000000000001.jpg","height":3,"width":4,"id":1},{"file_name":"000000000002.jpg","height":3,"width":4,"id":2}]""";
        _folder.Write("annotations/instances_val2017.json", $$$"""
            {"info":{"year":2017},"licenses":[],"images":{{{Images}}},"annotations":[
            {"segmentation":[[0,0,2,0,2,2,0,2]],"area":4.0,"iscrowd":0,"image_id":1,"bbox":[0,0,2,2],"category_id":18,"id":908},
            {"segmentation":{"counts":[3,2,7],"size":[3,4]},"area":2,"iscrowd":1,"image_id":1,"bbox":[1,0,1,2],"category_id":1,"id":9001}],"categories":{{{Categories}}}}
            """);
        _folder.Write("annotations/captions_val2017.json", $$"""{"info":{},"images":{{Images}},"annotations":[{"image_id":1,"id":908,"caption":"a dog"},{"image_id":2,"id":2,"caption":"nothing there\n"},{"image_id":1,"id":3,"caption":"a dog by a person"}]}""");
        _folder.Write("annotations/person_keypoints_val2017.json", "not read");
        _folder.Images("val2017/000000000001.jpg", "val2017/000000000002.jpg");
    }
}
