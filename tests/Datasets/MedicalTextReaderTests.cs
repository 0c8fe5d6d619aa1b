using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;
using Pellucid.Plugins.Datasets.Questions;
using Pellucid.Plugins.Datasets.Roco;

namespace Pellucid.Plugins.Datasets.Tests;

/// <summary>ROCO, VQA-RAD and SLAKE.</summary>
public sealed class MedicalTextReaderTests : IDisposable
{
    private readonly DatasetFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ROCO_captions_and_keywords_are_joined()
    {
        _folder.Write("data/train/radiology/captions.txt", "ROCO_00002\t Computed tomography scan, \"axial\". \nROCO_00003\tX-ray\n");
        _folder.Write("data/train/radiology/keywords.txt", "ROCO_00003\tx-ray\nROCO_00002\ttomography\tscan\tscan\n");
        _folder.Write("data/test/radiology/captions.txt", "ROCO_00004\tUltrasound\n");
        _folder.Write("data/test/non-radiology/captions.txt", "ROCO_00005\tA diagram\n");
        _folder.Images("data/train/radiology/images/ROCO_00002.jpg", "data/train/radiology/images/ROCO_00003.jpg", "data/test/radiology/images/ROCO_00004.jpg");
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new RocoReader(new RocoOptions { MissingImages = MissingImages.Reject }));
        Assert.Equal(["train/radiology/ROCO_00002", "train/radiology/ROCO_00003", "test/radiology/ROCO_00004"], items.Select(i => i.Id));
        Assert.Equal("Computed tomography scan, \"axial\".", Assert.Single(items[0].Captions));
        Assert.Equal(["tomography", "scan"], items[0].Labels);
        Assert.Equal(["x-ray"], items[1].Labels);
        Assert.Equal(["train", "train", "test"], items.Select(i => i.Split));
        Assert.Equal("test/non-radiology/ROCO_00005", Assert.Single((await _folder.ReadAsync(new RocoReader(new RocoOptions { Kind = RocoKind.NonRadiology }))).Items).Id);
        Assert.Equal(4, (await _folder.ReadAsync(new RocoReader(new RocoOptions { Kind = RocoKind.Both }))).Items.Count);
    }

    [Fact]
    public async Task ROCO_tables_name_the_image_files()
    {
        _folder.Write("traindata.csv", "id,name,caption\nROCO_00002,PMC1_fig.jpg,\"One, two\"\n");
        _folder.Images("images/PMC1_fig.jpg");
        DatasetItem item = Assert.Single((await _folder.ReadAsync(new RocoReader(new RocoOptions { MissingImages = MissingImages.Reject }))).Items);
        Assert.Equal(("ROCO_00002", "train", "One, two"), (item.Id, item.Split, item.Captions[0]));
    }

    [Fact]
    public async Task ROCOv2_concepts_get_their_names()
    {
        _folder.Write("test_captions.csv", "ID,Caption\nROCOv2_2023_test_000001,\"CT, abdomen\"\n");
        _folder.Write("test_concepts.csv", "ID,CUIs\nROCOv2_2023_test_000001,C0040405;C9999999\n");
        _folder.Write("cui_mapping.csv", "CUI,Canonical name\nC0040405,X-Ray Computed Tomography\n");
        _folder.Images("test/ROCOv2_2023_test_000001.jpg");
        DatasetItem item = Assert.Single((await _folder.ReadAsync(new RocoReader(new RocoOptions { MissingImages = MissingImages.Reject }))).Items);
        Assert.Equal(["X-Ray Computed Tomography", "C9999999"], item.Labels);
        Assert.Equal("test/ROCOv2_2023_test_000001", item.Id);
    }

    [Theory]
    [InlineData("ROCO_2", "1 fields")]
    [InlineData("ROCO_2\t ", "caption is empty")]
    [InlineData("\ttext", "has no id")]
    [InlineData("ROCO_1\tagain", "stands there twice")]
    [InlineData("../../x\ttext", "leads out")]
    public async Task A_bad_row_of_ROCO_is_told_with_its_line(string row, string problem)
    {
        _folder.Write("captions.txt", $"ROCO_1\ttext\n{row}\n");
        string bad = await _folder.OneBadAsync(new RocoReader(), good: 1);
        Assert.Contains(problem, bad);
        Assert.Contains(".txt:2", bad);
    }

    [Theory]
    [InlineData(QuestionTexts.Both, "Is it infarcted?|Yes")]
    [InlineData(QuestionTexts.Question, "Is it infarcted?")]
    [InlineData(QuestionTexts.Answer, "Yes")]
    [InlineData(QuestionTexts.Joined, "Is it infarcted? Yes")]
    public async Task VQA_RAD_questions_are_items(QuestionTexts texts, string captions)
    {
        _folder.Write("VQA_RAD Dataset Public.json", """
            [
             {"qid":"1","phrase_type":"freeform","qid_linked_id":"03f","image_case_url":"https://a.example","image_name":"synpic54610.jpg","image_organ":"HEAD","evaluation":"not evaluated","question":"Is it infarcted? ","question_rephrase":"NULL","question_type":"PRES","answer":"Yes","answer_type":"CLOSED"},
             {"qid":"2","phrase_type":"test_para","image_name":"synpic54610.jpg","question":"How many?","answer":3,"answer_type":"OPEN"}
            ]
            """);
        _folder.Images("VQA_RAD Image Folder/synpic54610.jpg");
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new VqaRadReader(new VqaRadOptions { Texts = texts, MissingImages = MissingImages.Reject }));
        Assert.Equal(["1", "2"], items.Select(i => i.Id));
        Assert.Equal(captions, string.Join('|', items[0].Captions));
        Assert.Equal(["HEAD"], items[0].Labels);
        Assert.Equal(["train", "test"], items.Select(i => i.Split));
        Assert.Equal("3", items[1].Metadata["answer"]);
        Assert.False(items[0].Metadata.ContainsKey("question_rephrase"));
    }

    [Theory]
    [InlineData("""{"qid":2,"image_name":"b.jpg","question":"x"}""", "the property answer")]
    [InlineData("""{"qid":2,"image_name":"b.jpg","question":["x"],"answer":"y"}""", "question")]
    [InlineData("""{"image_name":"b.jpg","question":"x","answer":"y"}""", "qid")]
    [InlineData("""{"qid":1,"image_name":"b.jpg","question":"x","answer":"y"}""", "twice")]
    [InlineData("""{"qid":2,"image_name":"/b.jpg","question":"x","answer":"y"}""", "leads out")]
    [InlineData("[]", "qid")]
    public async Task A_bad_question_is_told_with_its_place(string record, string problem)
    {
        _folder.Write("trainset.json", $$"""[{"qid":1,"image_name":"a.jpg","question":"x","answer":"y"},{{record}}]""");
        string bad = await _folder.OneBadAsync(new VqaRadReader(), good: 1);
        Assert.Contains(problem, bad);
        Assert.Contains("[1] at byte 60", bad);
    }

    [Fact]
    public async Task SLAKE_questions_are_read_in_one_language_with_the_boxes_beside_the_image()
    {
        Slake();
        SlakeOptions options = new() { MissingImages = MissingImages.Reject };
        (List<DatasetItem> items, _) = await _folder.ReadAsync(new SlakeReader(options));
        Assert.Equal(["test/9", "train/0"], items.Select(i => i.Id));
        Assert.Equal(["What modality?", "MRI"], items[1].Captions);
        Assert.Equal("Head", items[1].Metadata["location"]);
        Assert.Equal([new BoxRegion("Brain Edema", "Brain Edema", 72, 128, 45, 60)], items[1].Regions);
        Assert.Equal(["Brain Edema"], items[1].Labels);
        Assert.Equal(["train/1"], (await _folder.ReadAsync(new SlakeReader(options with { Language = "zh" }))).Items.Select(i => i.Id));
        Assert.Equal(3, (await _folder.ReadAsync(new SlakeReader(options with { Language = "all" }))).Items.Count);
        PellucidException error = await Assert.ThrowsAsync<PellucidException>(() => _folder.ReadAsync(new SlakeReader(options with { Language = "fr" })));
        Assert.Contains("it has en, zh", error.Message);
    }

    [Theory]
    [InlineData("""[{"Lung":[1,2,3]}]""", "box of 'Lung'")]
    [InlineData("""[{"Lung":[1,2,-3,4]}]""", "box of 'Lung'")]
    [InlineData("""["Lung"]""", "an object")]
    [InlineData("""[{"\uD800":[1,2,3,4]}]""", "UTF-8")]
    public async Task A_bad_box_of_SLAKE_is_told(string boxes, string problem)
    {
        Slake();
        _folder.Write("imgs/xmlab1/detection.json", boxes);
        Assert.Contains(problem, await _folder.OneBadAsync(new SlakeReader(), good: 2));
    }

    private void Slake()
    {
        _folder.Write("train.json", """
            [{"img_id":1,"img_name":"xmlab1/source.jpg","question":"What modality?","answer":"MRI","q_lang":"en","location":"Head","modality":"MRI","answer_type":"OPEN","base_type":"vqa","content_type":"Modality","triple":["vhead","_","_"],"qid":0},
             {"img_id":1,"img_name":"xmlab1/source.jpg","question":"什么?","answer":"磁共振","q_lang":"zh","qid":1}]
            """);
        _folder.Write("test.json", """[{"img_id":2,"img_name":"xmlab2/source.jpg","question":"Where?","answer":"Left","q_lang":"en","qid":9}]""");
        _folder.Write("imgs/xmlab1/detection.json", """[{"Brain Edema": [72.0, 128.0, 45.0, 60.0]}]""");
        _folder.Images("imgs/xmlab1/source.jpg", "imgs/xmlab2/source.jpg");
    }
}
