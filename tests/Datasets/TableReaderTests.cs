using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.ConceptualCaptions;
using Pellucid.Plugins.Datasets.ImageTables;

namespace Pellucid.Plugins.Datasets.Tests;

/// <summary>CheXpert, MS-CXR and Conceptual Captions.</summary>
public sealed class TableReaderTests : IDisposable
{
    private const string Chexpert = "Path,Sex,Age,Frontal/Lateral,AP/PA,No Finding,Cardiomegaly,Edema,Pneumothorax\n";
    private const string MsCxr = "dicom_id,category_name,label_text,path,x,y,w,h,image_width,image_height,split\n";
    private readonly DatasetFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(UncertainLabels.Negative, UncertainLabels.Negative, "Cardiomegaly|-", 2)]
    [InlineData(UncertainLabels.Positive, UncertainLabels.Negative, "Cardiomegaly, Edema|-", 2)]
    [InlineData(UncertainLabels.Negative, UncertainLabels.Positive, "Cardiomegaly, Pneumothorax|-", 2)]
    [InlineData(UncertainLabels.LeaveOut, UncertainLabels.Negative, "-", 1)]
    [InlineData(UncertainLabels.Negative, UncertainLabels.LeaveOut, "-", 1)]
    public async Task CheXpert_labels_count_as_the_options_say(UncertainLabels uncertain, UncertainLabels blank, string labels, int count)
    {
        string name = Path.GetFileName(_folder.Root);
        _folder.Write("valid.csv", Chexpert + $"{name}/valid/p1/view1.jpg,Male,68,Frontal,AP,0.0,1.0,-1.0,\n{name}/valid/p2/view1.jpg,Female,,Frontal,AP,0,0,0,0\n");
        _folder.Images("valid/p1/view1.jpg", "valid/p2/view1.jpg");
        (List<DatasetItem> items, _) = await _folder.ReadAsync(Tables(new ImageTableOptions { Uncertain = uncertain, Blank = blank }));
        Assert.Equal(count, items.Count);
        Assert.Equal(labels, string.Join('|', items.Select(i => i.Labels.Count == 0 ? "-" : string.Join(", ", i.Labels))));
        Assert.All(items, i => Assert.True(File.Exists(((FileImage)i.Image).Path)));
        if (count == 2) Assert.Equal(("Edema", "Pneumothorax"), (items[0].Metadata["uncertain"], items[0].Metadata["not mentioned"]));
    }

    [Fact]
    public async Task A_first_folder_that_is_not_there_is_passed_over_but_no_path_leaves_the_data_set()
    {
        using DatasetFolder sibling = new();
        sibling.Images("secret.jpg");
        _folder.Write("valid.csv", Chexpert + $"CheXpert-v1.0/p1.jpg,,,,,0,1,0,0\n{Path.GetFileName(sibling.Root)}/secret.jpg,,,,,0,1,0,0\n");
        _folder.Images("p1.jpg");
        Assert.Contains("does not exist", await _folder.OneBadAsync(Tables(new ImageTableOptions { MissingImages = MissingImages.Reject }), good: 1));
    }

    [Fact]
    public async Task Several_tables_are_parts_and_other_label_columns_can_be_named()
    {
        _folder.Write("train.csv", "path,Stripes,Dots\na.png,1,0\n");
        _folder.Write("test.csv", "path,Stripes,Dots\nb.png,0,1\n");
        Assert.Contains("there is no .csv with", Tables().Probe(_folder.Root).Reason);
        (List<DatasetItem> items, _) = await _folder.ReadAsync(Tables(new ImageTableOptions { Labels = ["Dots", "Stripes"] }));
        Assert.Equal(["test: Dots", "train: Stripes"], items.Select(i => $"{i.Split}: {i.Labels[0]}"));
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(Tables(new ImageTableOptions { Labels = ["Stripe"] })));
        Assert.Contains("nearest: Stripes", error.Message);
        PellucidException lacking = await Assert.ThrowsAsync<PellucidException>(() => DatasetFolder.ReadAsync(Tables(), _folder.PathOf("train.csv")));
        Assert.Contains("labels=[...]", lacking.Message);
    }

    [Fact]
    public async Task MS_CXR_phrases_become_captions_and_boxes_of_one_image()
    {
        _folder.Image("files/p10/a.jpg", 8, 6);
        _folder.Images("files/p11/b.jpg");
        _folder.Write("MS_CXR_Local_Alignment_v1.1.0.csv", MsCxr
            + "a,Edema,\"basilar, left\",files/p10/a.dcm,1,2,3,2,8,6,train\nb,Pneumonia,\"say \"\"no\"\"\nmore\",files/p11/b.dcm,0,0,1,1,4,3,test\na,Edema,\"basilar, left\",files/p10/a.dcm,5,0,2,2,8,6,train\na,Pneumothorax,apical,files/p10/a.dcm,0,0,8,6,8,6,train\n");
        (List<DatasetItem> items, _) = await _folder.ReadAsync(Tables());
        Assert.Equal(2, items.Count);
        Assert.Equal("files/p10/a.dcm", items[0].Id);
        Assert.Equal(["basilar, left", "apical"], items[0].Captions);
        Assert.Equal(["Edema", "Pneumothorax"], items[0].Labels);
        Assert.Equal("train", items[0].Split);
        Assert.Equal([new BoxRegion("basilar, left", "Edema", 1, 2, 3, 2), new BoxRegion("basilar, left", "Edema", 5, 0, 2, 2), new BoxRegion("apical", "Pneumothorax", 0, 0, 8, 6)], items[0].Regions);
        Assert.EndsWith("a.jpg", ((FileImage)items[0].Image).Path, StringComparison.Ordinal);
        Assert.Equal(["say \"no\"\nmore"], items[1].Captions);
    }

    [Fact]
    public async Task Corners_and_masks_are_regions_too()
    {
        _folder.Images("a.png");
        _folder.Image("m.png", 4, 3, (x, y) => ((byte)0, (byte)(x == 1 ? 9 : 0), (byte)0));
        _folder.Write("boxes.csv", "image_id,class_name,x_min,y_min,x_max,y_max\na,Nodule,1,0,3,2\na,No finding,,,,\n");
        DatasetItem boxes = Assert.Single((await DatasetFolder.ReadAsync(Tables(), _folder.PathOf("boxes.csv"))).Items);
        Assert.Equal([new BoxRegion("Nodule", "Nodule", 1, 0, 2, 2)], boxes.Regions);
        Assert.Equal(["Nodule", "No finding"], boxes.Labels);
        _folder.Write("masks.csv", "path,label,mask\na.png,Nodule,m.png\n");
        DatasetItem masks = Assert.Single((await DatasetFolder.ReadAsync(Tables(), _folder.PathOf("masks.csv"))).Items);
        ImageMask mask = await masks.Regions[0].LoadAsync(3, 4, TestContext.Current.CancellationToken);
        Assert.Equal("010001000100", string.Concat(mask.Pixels.ToArray().Select(p => p ? '1' : '0')));
    }

    [Theory]
    [InlineData("b,Edema,text,b.png,1,2,zero,2,8,6,train", "w of its box is 'zero'")]
    [InlineData("b,Edema,text,b.png,1,2,1e30,2,8,6,train", "w of its box is '1e30'")]
    [InlineData("b,Edema,text,b.png,1,2,NaN,2,8,6,train", "w of its box is 'NaN'")]
    [InlineData("b,Edema,text,b.png,1,2,,2,8,6,train", "w of its box is ''")]
    [InlineData("b,Edema,text,b.png,1,2,-3,2,8,6,train", "-3 wide")]
    [InlineData("b,Edema,text,b.png,7,2,3,2,8,6,train", "leaves the image of 8 x 6")]
    [InlineData("b,Edema,text,b.png,1,2,3", "7 fields, the header has 11")]
    [InlineData("b,Edema,text,,1,2,3,2,8,6,train", "names no image")]
    [InlineData("b,Edema,text,../b.png,1,2,3,2,8,6,train", "leads out of")]
    [InlineData("b,Edema,text,../../b.png,1,2,3,2,8,6,train", "leads out of")]
    [InlineData("a,Edema,text,a.png,1,2,3,2,8,6,test", "in the parts 'train' and 'test'")]
    public async Task A_bad_row_is_told_with_its_line(string row, string problem)
    {
        _folder.Write("t.csv", MsCxr + "a,Edema,text,a.png,1,2,3,2,8,6,train\n\n" + row + "\n");
        string bad = await _folder.OneBadAsync(Tables(), good: 1);
        Assert.Contains(problem, bad);
        Assert.Contains(".csv:4", bad);
    }

    [Theory]
    [InlineData("b.png,,,,,0,2,0,0", "'Cardiomegaly' is '2'")]
    [InlineData("b.png,,,,,0,yes,0,0", "'Cardiomegaly' is 'yes'")]
    [InlineData("a.png,,,,,0,0,0,0", "stands there twice")]
    [InlineData("b\uFFFD.png,,,,,0,0,0,0", "no UTF-8")]
    public async Task A_bad_label_is_told_with_its_line(string row, string problem)
    {
        _folder.Write("t.csv", Chexpert + "a.png,,,,,0,1,0,0\n" + row + "\n");
        Assert.Contains(problem, await _folder.OneBadAsync(Tables(), good: 1));
    }

    [Theory]
    [InlineData("path,label\na.png,\"x\n", "t.csv:2: a quote is never closed")]
    [InlineData("path,label,Path\na.png,x,y\n", "two columns are named")]
    [InlineData("", "the table is empty")]
    [InlineData("a,b\n1,2\n", "no column with the path")]
    public async Task A_table_that_is_broken_ends_the_reading(string text, string problem)
    {
        _folder.Write("t.csv", text);
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => DatasetFolder.ReadAsync(Tables(), _folder.PathOf("t.csv"), BadRecordPolicy.Skip));
        Assert.Contains(problem, error.Message);
    }

    [Fact]
    public async Task A_row_without_an_end_is_refused_before_it_fills_the_memory()
    {
        _folder.Write("t.csv", "path,label\na.png,\"" + new string('x', 2 << 20));
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => DatasetFolder.ReadAsync(Tables(), _folder.PathOf("t.csv")));
        Assert.Contains("is a quote never closed?", error.Message);
    }

    [Fact]
    public async Task Conceptual_Captions_with_paths_have_a_header()
    {
        _folder.Write("train.tsv", "title\tfilepath\na \"quoted cat\timages/1.jpg\nan émigré\timages/2.jpg\n");
        _folder.Images("images/1.jpg", "images/2.jpg");
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new ConceptualCaptionsReader());
        Assert.Equal(["a \"quoted cat", "an émigré"], items.Select(i => i.Captions[0]));
        Assert.Equal(["images/1.jpg", "images/2.jpg"], items.Select(i => i.Id));
    }

    [Theory]
    [InlineData(ImageNaming.Table, "images/my cat.jpg")]
    [InlineData(ImageNaming.Row, "images/000000000.jpg")]
    [InlineData(ImageNaming.Md5, "images/f19a60c0dee46f37f1d14d2baa89096d.jpg")]
    [InlineData(ImageNaming.RowCrc32, "images/0_611048179.jpg")]
    public async Task Conceptual_Captions_with_addresses_find_what_was_downloaded(ImageNaming naming, string file)
    {
        const string Address = "http://a.example/b/my%20cat.jpg?x=1";
        _folder.Write("Train_GCC-training.tsv", $"a cat\t{Address}\n");
        _folder.Images(file);
        DatasetItem item = Assert.Single((await _folder.ReadAsync(new ConceptualCaptionsReader(new ConceptualCaptionsOptions { Naming = naming, MissingImages = MissingImages.Reject }))).Items);
        Assert.Equal(_folder.PathOf(file), ((FileImage)item.Image).Path);
    }

    [Theory]
    [InlineData("a dog", "1 fields")]
    [InlineData("\thttp://a.example/2.jpg", "caption is empty")]
    [InlineData("a dog\thttp://a.example/", "has no file name")]
    [InlineData("a dog\thttp://a.example/1.jpg", "stands there twice")]
    [InlineData("a dog\thttp://a.example/..%2F..%2F..%2Fx.jpg", "leads out")]
    [InlineData("a dog\thttp://a.example/2.jpg", "does not exist")]
    public async Task A_bad_row_of_Conceptual_Captions_is_told_with_its_line(string row, string problem)
    {
        _folder.Write("v.tsv", $"a cat\thttp://a.example/1.jpg\n{row}\n");
        _folder.Images("1.jpg");
        string bad = await _folder.OneBadAsync(new ConceptualCaptionsReader(new ConceptualCaptionsOptions { MissingImages = MissingImages.Reject }), good: 1);
        Assert.Contains(problem, bad);
        Assert.Contains(".tsv:2", bad);
    }

    private static ImageTableReader Tables(ImageTableOptions? options = null) => new(new DatasetFolder.ImageReader(), options ?? new ImageTableOptions());
}
