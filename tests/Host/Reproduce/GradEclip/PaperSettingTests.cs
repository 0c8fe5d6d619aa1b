using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Models;
using Pellucid.Host.Reproduce.GradEclip;

namespace Pellucid.Host.Tests.Reproduce.GradEclip;

public sealed class PaperSettingTests
{
    [Theory]
    [InlineData(12, 12, 768, 224, 14, "ViT-B/16")]
    [InlineData(12, 12, 768, 224, 7, "ViT-B/32")]
    [InlineData(24, 16, 1024, 224, 16, "ViT-L/14")]
    [InlineData(24, 16, 1024, 336, 24, "ViT-L/14@336px")]
    [InlineData(4, 2, 128, 48, 6, null)]
    [InlineData(12, 12, 768, 240, 15, null)]
    public void Models_are_known_by_their_layout(int blocks, int heads, int width, int side, int grid, string? name)
    {
        ModelDescription description = new("m", "CLIP ViT", "clip", 512, new ImageSize(side, side), 3, 77, 100, 1, "hash", []);
        TransformerLayout layout = new("vision", blocks, heads, width, (grid * grid) + 1, grid, grid, 1, false);

        Assert.Equal(name, PaperSetting.ModelOf(description, layout));
        Assert.Null(PaperSetting.ModelOf(description with { ContextLength = 16 }, layout));
        Assert.Null(PaperSetting.ModelOf(description, null));
    }

    [Theory]
    [InlineData("imagenet", "/d/val/n01440764/ILSVRC2012_val_00000293.JPEG", 1000, false, "imagenet")]
    [InlineData("imagenet", "/d/val/n01440764/ILSVRC2012_val_00000293.JPEG", 200, false, null)]
    [InlineData("imagenet", "/d/train/n01440764/n01440764_10026.JPEG", 1000, false, null)]
    [InlineData("imagenet", "/d/sketch/n01440764/sketch_0.JPEG", 1000, false, null)]
    [InlineData("imagenet", "/d/validation/n01440764/ILSVRC2012_val_00000293.JPEG", 919, true, "imagenet-s")]
    [InlineData("karpathy", "/d/val2014/COCO_val2014_000000391895.jpg", 0, false, "coco")]
    [InlineData("coco", "/d/val2017/000000391895.jpg", 80, true, "coco")]
    [InlineData("coco", "/d/train2017/000000391895.jpg", 80, true, null)]
    [InlineData("coco", "/d/images/000001.png", 5, true, null)]
    public void Data_sets_are_known_by_the_names_of_their_files(string reader, string file, int classes, bool regions, string? name)
    {
        DatasetItem item = new() { Id = "1", Image = new FileImage(file), Location = new DatasetLocation(file), Regions = regions ? [new BoxRegion("a", "a", 0, 0, 1, 1)] : [] };

        Assert.Equal(name, PaperSetting.DataOf(reader, [item], [.. Enumerable.Range(0, classes).Select(c => $"{c}")]));
        Assert.Null(PaperSetting.DataOf(reader, [], []));
        Assert.Null(PaperSetting.DataOf(reader, [item, item with { Image = new FileImage("/d/mine.png") }], [.. Enumerable.Range(0, classes).Select(c => $"{c}")]));
    }
}
