using NSubstitute;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Models;
using Pellucid.Abstractions.Prompts;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Planning;
using Pellucid.Host.Reproduce;

namespace Pellucid.Host.Tests.Reproduce;

/// <summary>Measures of maps that are simple enough to know what they must be.</summary>
public sealed class MapStudyTests
{
    private const int Side = 28;

    private static readonly PromptTexts[] Classes = [new("Edema", ["fluid", "congestion"]), new("Fracture", ["broken rib"])];

    private static readonly StudyMethod Method = new("m", "m", "embedding-fusion(inner=m, plan=fused)");

    [Fact]
    public async Task Measures_are_those_of_the_definitions()
    {
        // The body is the left half; the lesion the upper left quarter of it; the image has Edema only.
        float[] onLesion = Map((x, y) => x < 14 && y < 14 ? -1 : 0), outside = Map((x, y) => x >= 14 ? 2 : 0), everywhere = Map((_, _) => 3);
        StudyFindings found = await Study(approach => approach switch
        {
            StudyApproach.Plain => [everywhere, everywhere],
            StudyApproach.Prompts => [onLesion, outside],
            _ => [onLesion, new float[Side * Side]],
        });
        ImageMeasures plain = found.Measures[0], prompts = found.Measures[1], labels = found.Measures[2];
        Assert.Equal([StudyApproach.Plain, StudyApproach.Prompts, StudyApproach.Labels], found.Measures.Select(m => m.Approach));

        Assert.Equal(1, plain.Of(StudyMeasure.Ssim));
        Assert.Null(plain.Of(StudyMeasure.Spearman));
        Assert.Equal(0.5, plain.Of(StudyMeasure.OutsideBody)!.Value, 6);
        Assert.Equal(0.25, plain.Of(StudyMeasure.LesionMass)!.Value, 6);
        Assert.Equal(0.25, plain.Of(StudyMeasure.AbsentMass)!.Value, 6);

        Assert.Equal(0.5, prompts.Of(StudyMeasure.OutsideBody)!.Value, 6);
        Assert.Equal(1, prompts.Of(StudyMeasure.Pointing));
        Assert.Equal(1, prompts.Of(StudyMeasure.LesionMass)!.Value, 6);
        Assert.Equal(0, prompts.Of(StudyMeasure.AbsentMass)!.Value, 6);
        Assert.True(prompts.Of(StudyMeasure.Spearman) < -0.5);
        Assert.True(prompts.Of(StudyMeasure.Ssim) < 0.5);

        Assert.Equal(1, labels.WithoutMap);
        Assert.Null(labels.Of(StudyMeasure.Ssim));
        Assert.Null(labels.Of(StudyMeasure.AbsentMass));
        Assert.Equal(1, labels.Of(StudyMeasure.LesionMass)!.Value, 6);
        Assert.Equal([new ImageFacts("one", 0.5, 0.25)], found.Facts);
    }

    private static float[] Map(Func<int, int, float> value) => [.. Enumerable.Range(0, Side * Side).Select(i => value(i % Side, i / Side))];

    private static async Task<StudyFindings> Study(Func<StudyApproach, float[][]> maps)
    {
        StudyLayout layout = new([Method], Classes);
        MaskRegion region = new("fluid", "Edema", _ => ValueTask.FromResult(new ImageMask(Side, Side, [.. Map((x, y) => x < 14 && y < 14 ? 1 : 0).Select(v => v > 0)])));
        DecodedImage image = new(Side, Side, PixelMode.Gray, Map((x, _) => x < 14 ? 200 : 5).Select(v => (byte)v).ToArray());
        DatasetItem item = new() { Id = "one", Image = new PixelImage("one", _ => ValueTask.FromResult(image)), Labels = ["Edema"], Regions = [region], Location = new DatasetLocation("test") };
        IReportResults results = Substitute.For<IReportResults>();
        results.Items.Returns([item]);
        results.LoadImageAsync(item, Arg.Any<CancellationToken>()).Returns(image);
        List<ReportUnit> units = [];
        foreach (StudyApproach approach in Enum.GetValues<StudyApproach>())
        {
            for (int c = 0; c < Classes.Length; c++)
            {
                PromptChoices choices = new(approach == StudyApproach.Labels ? StudyLayout.LabelsOf(Classes) : Classes, PromptEnsemble.Mean, PromptPadding.None);
                bool isPlain = approach == StudyApproach.Plain;
                string target = new ClassUnitTarget(choices, Classes[c].Name, isPlain ? ClassScore.Probability : ClassScore.Logit, isPlain ? ScoreKind.Logit : ScoreKind.Linear).Identity;
                ReportUnit unit = new() { Key = $"{approach} {c}", Model = "x", Item = item, Explainer = Method.Of(approach), Target = new ReportTarget(target, target, null, Classes[c].Name, []) };
                units.Add(unit);
                results.LoadImageMapAsync(unit, Arg.Any<CancellationToken>()).Returns(HostTensor.Of(maps(approach)[c], Side, Side));
            }
        }

        results.Units.Returns(units);
        return await new MapStudy(layout).MeasureAsync(results, TestContext.Current.CancellationToken);
    }
}
