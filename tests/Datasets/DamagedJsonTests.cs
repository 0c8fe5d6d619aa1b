using System.Text;
using Pellucid.Abstractions.Datasets;
using Pellucid.Plugins.Datasets.Coco;
using Pellucid.Plugins.Datasets.Questions;

namespace Pellucid.Plugins.Datasets.Tests;

/// <summary>Records of JSON files with bytes that are no UTF-8, or halves of surrogate pairs, are told wherever they stand; none is read in part.</summary>
public sealed class DamagedJsonTests : IDisposable
{
    private const string Good = """{"id":1,"file_name":"a.png"}""";
    private readonly DatasetFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("""{"id":2,"file_name":"b?.png"}""", "its file_name is no text in UTF-8")]
    [InlineData("""{"id":2,"file_name":"b.png","captions":["x","y?"]}""", "its captions is no text in UTF-8")]
    [InlineData("""{"id":2,"file_name":"b.png","split":"te?st"}""", "its split is no text in UTF-8")]
    [InlineData("""{"id":2,"file_name":"b.png","license?":1}""", "the name of one of its properties is no text in UTF-8")]
    [InlineData("""{"id":2,"file_name":"b.png","caption":"\uDC00\uD800"}""", "its caption is no text in UTF-8")]
    [InlineData("\"?\"", "it is no text in UTF-8")]
    public async Task In_images_of_COCO(string image, string problem)
    {
        Write("annotations.json", $$"""{"annotations":[],"images":[{{Good}},{{image}}],"categories":[]}""");
        string bad = await _folder.OneBadAsync(new CocoReader(), good: 1);
        Assert.Contains(problem, bad);
        Assert.Contains("images[1] at byte 57", bad);
    }

    [Theory]
    [InlineData("""{"id":8,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"phrase":"a d?g"}""", "its phrase is no text in UTF-8")]
    [InlineData("""{"id":8,"image_id":1,"category_id":1,"bbox":[0,0,1,1],"attributes":{"color":"r\uD800d"}}""", "its color is no text in UTF-8")]
    [InlineData("""{"id":8,"image_id":1,"caption":"a d?g"}""", "its caption is no text in UTF-8")]
    public async Task In_annotations_of_COCO(string annotation, string problem)
    {
        Write("annotations.json", $$"""{"annotations":[{{annotation}}],"images":[{{Good}}],"categories":[{"id":1,"name":"dog"}]}""");
        string bad = await _folder.OneBadAsync(new CocoReader(), good: 1);
        Assert.Contains(problem, bad);
        Assert.Contains("annotations[0] at byte 16", bad);
    }

    [Fact]
    public async Task In_the_karpathy_split()
    {
        Write("dataset_coco.json", """{"images":[{"filename":"a.jpg","split":"train","sentences":[{"raw":"x"}]},{"filename":"b.jpg","filepath":"d?","split":"train","sentences":[{"raw":"x"}]}],"dataset":"coco"}""");
        Assert.Contains("its filepath is no text in UTF-8", await _folder.OneBadAsync(new KarpathyReader(), good: 1));
    }

    [Fact]
    public async Task In_questions()
    {
        Write("trainset.json", """[{"qid":1,"image_name":"a.jpg","question":"x","answer":"y"},{"qid":2,"image_name":"b.jpg","question":"x","answer":"y","image_organ":"h?d"}]""");
        Assert.Contains("its image_organ is no text in UTF-8", await _folder.OneBadAsync(new VqaRadReader(), good: 1));
    }

    [Fact]
    public async Task In_boxes_of_SLAKE()
    {
        Write("train.json", """[{"img_name":"x/source.jpg","question":"What","answer":"MRI","q_lang":"en","qid":0}]""");
        Write("imgs/x/detection.json", """[{"Brain?": [72.0, 128.0, 45.0, 60.0]}]""");
        _folder.Images("imgs/x/source.jpg");
        Assert.Contains("the name of one of its properties is no text in UTF-8", await _folder.OneBadAsync(new SlakeReader(), good: 1));
    }

    [Fact]
    public async Task Escapes_and_other_scripts_are_texts()
    {
        Write("annotations.json", """{"annotations":[],"images":[{"id":1,"file_name":"a.png","captions":["\ud83d\ude00 \u00e9","胸部"]}],"categories":[]}""");
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new CocoReader());
        Assert.Equal(["\U0001F600 é", "胸部"], Assert.Single(items).Captions);
    }

    /// <summary>Writes a file with a byte that no UTF-8 has in the place of each question mark.</summary>
    private void Write(string name, string text) => _folder.WriteBytes(name, [.. Encoding.UTF8.GetBytes(text).Select(b => b == (byte)'?' ? byte.MaxValue : b)]);
}
