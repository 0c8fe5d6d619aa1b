using Pellucid.Abstractions.Models;
using Pellucid.Host.Experiments.Files;

namespace Pellucid.Host.Tests.Experiments;

/// <summary>What can be wrong in an experiment file without looking at plugins, models or data: each with its place.</summary>
public sealed class ExperimentFileTests
{
    private const string Good = "name: a\nmodels: [m]\ndataset: shapes\ntexts: [one]\nexplainers: [e]\n";

    public static TheoryData<string, int, int, string> Mistakes => new()
    {
        { "", 1, 1, "an experiment is a list of 'key: value' lines" },
        { "- a\n- b\n", 1, 1, "an experiment is a list of 'key: value' lines" },
        { Good + "modles: [x]\n", 6, 1, "there is no key 'modles'" },
        { Good + "modles: [x]\n", 6, 1, "nearest: models" },
        { Good.Replace("name: a\n", string.Empty, StringComparison.Ordinal), 1, 1, "'name' is missing" },
        { Good.Replace("models: [m]\n", string.Empty, StringComparison.Ordinal), 1, 1, "'models' is missing" },
        { Good.Replace("explainers: [e]\n", string.Empty, StringComparison.Ordinal), 1, 1, "'explainers' is missing" },
        { Good.Replace("texts: [one]\n", string.Empty, StringComparison.Ordinal), 1, 1, "'texts' is missing" },
        { Good.Replace("dataset: shapes\n", string.Empty, StringComparison.Ordinal), 1, 1, "'dataset' is missing" },
        { Good.Replace("name: a", "name: ../a", StringComparison.Ordinal), 1, 7, "letters, digits, dots, dashes" },
        { Good.Replace("name: a", "name: \"\"", StringComparison.Ordinal), 1, 7, "name is empty" },
        { Good.Replace("name: a", "name: [a]", StringComparison.Ordinal), 1, 7, "name takes a text, not a list" },
        { Good + "seed: -1\n", 6, 7, "seed takes a whole number from 0" },
        { Good + "seed: 1.5\n", 6, 7, "not '1.5'" },
        { Good + "preparation: keep\n", 6, 14, "one of model, keep-aspect, not 'keep'" },
        { Good.Replace("shapes", "{ path: s, limit: 0 }", StringComparison.Ordinal), 3, 28, "dataset.limit takes a whole number from 1" },
        { Good.Replace("shapes", "{ limit: 3 }", StringComparison.Ordinal), 3, 10, "'dataset.path' is missing" },
        { Good.Replace("shapes", "{ path: s, bad-records: ignore }", StringComparison.Ordinal), 3, 34, "one of skip, fatal" },
        { Good.Replace("shapes", "{ path: s, file: x }", StringComparison.Ordinal), 3, 21, "there is no key 'file' in dataset" },
        { Good.Replace("[m]", "[]", StringComparison.Ordinal), 2, 9, "models is an empty list" },
        { Good.Replace("[m]", "[m, ]", StringComparison.Ordinal) + "models: [n]\n", 6, 1, "this is no YAML" },
        { Good.Replace("[one]", "[{ from: lables }]", StringComparison.Ordinal), 4, 17, "texts cannot come from 'lables'" },
        { Good.Replace("[one]", "[{ template: x }]", StringComparison.Ordinal), 4, 9, "'texts[0].from' is missing" },
        { Good.Replace("[one]", "{ from: labels, template: a photo }", StringComparison.Ordinal), 4, 34, "a template needs {label}" },
        { Good.Replace("[one]", "{ from: prompts }", StringComparison.Ordinal), 4, 8, "'texts.file' is missing" },
        { Good.Replace("[one]", "{ from: captions, which: some }", StringComparison.Ordinal), 4, 33, "one of first, all" },
        { Good.Replace("[one]", "[one, \" \"]", StringComparison.Ordinal), 4, 14, "takes a text" },
        { Good + "targets: [{ kind: matchin }]\n", 6, 19, "nearest: matching" },
        { Good + "targets: [{ kind: matching, score: cosin }]\n", 6, 36, "one of cosine, logit, linear" },
        { Good + "targets: [cosine]\n", 6, 11, "takes a mapping such as" },
        { Good + "targets: [{ kind: embedding-dimension, dimensions: [0, -1] }]\n", 6, 56, "takes a whole number from 0 on" },
        { Good + "targets: [{ kind: embedding-dimension }]\n", 6, 11, "'targets[0].dimensions' is missing" },
        { Good + "targets: [{ kind: contrast }]\n", 6, 11, "'targets[0].against' is missing" },
        { Good + "targets: [{ kind: tap, taps: vision }]\n", 6, 30, "names no element of a tap" },
        { Good + "targets: [{ kind: class, prompts: p, template: x }]\n", 6, 48, "with a prompts file leave it out" },
        { Good + "targets: [{ kind: matching, explainers: [e, f] }]\n", 6, 45, "'f' does not stand in explainers" },
        { Good + "report: { sections: [results], colour: red }\n", 6, 32, "there is no key 'colour' in report" },
        { Good + "report: all\n", 6, 9, "title and sections, or none" },
        { Good + "metrics:\n  - a: b\n", 7, 5, "needs quotes" },
        { Good + "seed: &s 1\nlimit: *s\n", 7, 8, "references (*s) are not allowed" },
        { Good + "seed: [\n", 7, 1, "this is no YAML" },
        { Good + "---\nname: b\n", 7, 1, "one file holds one experiment" },
        { new string('[', 40), 1, 25, "nesting is deeper than 24" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_its_place(string yaml, int line, int column, string says)
    {
        ExperimentException refused = Assert.Throws<ExperimentException>(() => ExperimentFile.Parse(yaml, "x.yaml", ".").Experiment);
        Assert.Contains(refused.Problems, p => p.Line == line && p.Column == column && p.Problem.Contains(says, StringComparison.Ordinal));
        Assert.Contains($"x.yaml:{line}:{column}: ", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_are_told_at_once_in_the_order_of_the_file()
    {
        ExperimentException refused = Assert.Throws<ExperimentException>(
            () => ExperimentFile.Parse("name: ..\nseed: x\nmodels: []\ndataset: { pth: s }\ntexts: [a]\nexplainers: [e]\nwhat: 1\n", "x.yaml", ".").Experiment);
        Assert.Equal([1, 2, 3, 4, 4, 7], refused.Problems.Select(p => p.Line));
        Assert.StartsWith("6 things in the experiment cannot be used:", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        Experiment read = ExperimentFile.Parse(Good, "x.yaml", ".").Experiment;
        Assert.Equal(0UL, read.Seed);
        Assert.Equal(ImagePreparation.Model, read.Preparation);
        Assert.Equal([new MatchingChoice(ScoreKind.Cosine)], read.Targets);
        Assert.Equal(["results", "maps"], read.Report.Sections);
        Assert.Empty(read.Metrics);
        Assert.Null(read.Dataset.Limit);
    }

    [Fact]
    public void What_is_written_is_read_back_the_same()
    {
        Experiment experiment = new()
        {
            Name = "all.of-it_1",
            Seed = ulong.MaxValue,
            Models = ["m", "a \"quoted\" \\ path: #1"],
            Dataset = new DatasetChoice { Path = "p", Reader = "coco", Items = ["*", "a*b"], Split = "val", Limit = 3, BadRecords = Abstractions.Datasets.BadRecordPolicy.Skip },
            Texts = [new GivenTexts(["ä\n\ttext: {x}"]), new LabelTexts("a {label}", TextScope.All, ["cat"]), new CaptionTexts(true), new RegionTexts(), new PromptFileTexts("f.json", TextScope.All, ["c"], 2)],
            Targets = [new MatchingChoice(ScoreKind.Linear), new ContrastChoice(["x"], ScoreKind.Logit), new ClassChoice { Prompts = "f.json", Of = TextScope.All }, new EmbeddingDimensionChoice([0, 5]) { Explainers = ["a(b=[1, 2], c=\"x\")"] }, new TapChoice(["t[1,2]"]), new HeadChoice(["h.safetensors:a"], Abstractions.Explanations.ClassScore.Probability)],
            Explainers = ["a(b=[1, 2], c=\"x\")"],
            Metrics = ["m(n=1)"],
            Preparation = ImagePreparation.KeepAspect,
            Report = new ReportChoice { Title = "T: 1", Sections = ["maps"] },
        };
        string yaml = ExperimentWriter.ToYaml(experiment);
        Assert.Equal(yaml, ExperimentWriter.ToYaml(ExperimentFile.Parse(yaml, "x.yaml", ".").Experiment));
        Assert.Equal(experiment.Models, ExperimentFile.Parse(yaml, "x.yaml", ".").Experiment.Models);
        Assert.Equal(experiment.Dataset.Items, ExperimentFile.Of(experiment, ".").Experiment.Dataset.Items);
    }
}
