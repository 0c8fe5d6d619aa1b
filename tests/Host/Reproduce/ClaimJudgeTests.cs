using Pellucid.Host.Reproduce;

namespace Pellucid.Host.Tests.Reproduce;

public sealed class ClaimJudgeTests
{
    private static readonly string[] Methods = ["a", "b"];

    private static readonly ClaimDefinition Threshold = new("t", "t", "t", (StudyApproach.Plain, StudyMeasure.Ssim), null, 0.9);

    private static readonly ClaimDefinition Difference = new("d", "d", "d", (StudyApproach.Prompts, StudyMeasure.Pointing), (StudyApproach.Plain, StudyMeasure.Pointing));

    [Theory]
    [InlineData(0.95, 0.01, ClaimVerdict.Holds)]
    [InlineData(0.80, 0.01, ClaimVerdict.DoesNotHold)]
    [InlineData(0.90, 0.05, ClaimVerdict.CannotBeTold)]
    [InlineData(0.95, 0.01, ClaimVerdict.CannotBeTold, 2)] // both lie above, but two signs agree in every other experiment by chance
    public void A_threshold_is_judged_by_interval_and_test(double center, double spread, ClaimVerdict expected, int images = 10)
    {
        Claim claim = Judge(Threshold, (i, _, _) => center + (spread * (i % 2 == 0 ? 1 : -1)), images);
        Assert.Equal(expected, claim.Overall.Verdict);
        Assert.Equal(center, claim.Overall.First!.Value, 12);
        Assert.Equal(center - 0.9, claim.Overall.Difference!.Value, 12);
        Assert.Equal(images, claim.Overall.Images);
        Assert.Equal(expected != ClaimVerdict.CannotBeTold, claim.Overall.PValue < 0.05);
        Assert.Equal(2, claim.Methods.Count);
    }

    [Theory]
    [InlineData(0.2, ClaimVerdict.Holds)]
    [InlineData(-0.2, ClaimVerdict.DoesNotHold)]
    [InlineData(0, ClaimVerdict.CannotBeTold)]
    public void A_difference_is_judged_by_interval_and_test(double gap, ClaimVerdict expected)
    {
        Claim claim = Judge(Difference, (i, approach, _) => 0.5 + (approach == StudyApproach.Prompts ? gap + (0.01 * (i % 2 == 0 ? 1 : -1)) : 0), images: 12);
        Assert.Equal(expected, claim.Overall.Verdict);
        Assert.Equal(gap, claim.Overall.Difference!.Value, 12);
        Assert.All(claim.Methods, m => Assert.Equal(expected, m.Verdict));
        // Two methods with the same differences: Holm doubles the p-value of each.
        if (gap != 0) Assert.Equal(2 * claim.Overall.PValue!.Value, claim.Methods[0].PValue!.Value, 12);
    }

    [Fact]
    public void Few_images_show_nothing()
    {
        Claim claim = Judge(Difference, (i, approach, _) => approach == StudyApproach.Prompts ? 0.9 + (0.01 * i) : 0.1, images: 5);
        Assert.Equal(ClaimVerdict.CannotBeTold, claim.Overall.Verdict);
        Assert.Equal(2 / 32.0, claim.Overall.PValue);
        Assert.Equal(ClaimVerdict.CannotBeTold, Judge(Threshold, (_, _, _) => 1, images: 1).Overall.Verdict);
    }

    [Fact]
    public void Images_without_a_value_do_not_count_and_without_any_nothing_is_said()
    {
        Claim some = Judge(Difference, (i, approach, method) => i == 0 && approach == StudyApproach.Plain && method == "b" ? null : 0.5, images: 4);
        Assert.Equal(3, some.Overall.Images);
        Assert.Equal([4, 3], some.Methods.Select(m => m.Images));
        Claim none = Judge(Difference, (_, _, _) => null, images: 4);
        Assert.Equal((0, ClaimVerdict.CannotBeTold), (none.Overall.Images, none.Overall.Verdict));
        Assert.Null(none.Overall.Difference);
        Assert.All(none.Methods, m => Assert.Null(m.PValue));
    }

    [Fact]
    public void Claims_have_names_of_their_own_and_compare_one_measure_or_two_of_one_kind()
    {
        Assert.Equal(ClaimDefinition.All.Count, ClaimDefinition.All.DistinctBy(c => c.Id).Count());
        Assert.All(ClaimDefinition.All, c => Assert.True(c.Second is null ? c.Threshold > 0 : c.Threshold == 0));
    }

    private static Claim Judge(ClaimDefinition claim, Func<int, StudyApproach, string, double?> value, int images)
    {
        StudyMeasure measure = claim.First.Measure;
        ImageMeasures[] measures = [.. from i in Enumerable.Range(0, images)
                                       from approach in Enum.GetValues<StudyApproach>()
                                       from method in Methods
                                       let found = value(i, approach, method)
                                       select new ImageMeasures($"{i}", approach, method, found is { } v ? new Dictionary<StudyMeasure, double> { [measure] = v } : [], 0)];
        StudyFindings findings = new(measures, [.. Enumerable.Range(0, images).Select(i => new ImageFacts($"{i}", null, null))]);
        return new ClaimJudge(findings, Methods, seed: 1).Judge(claim);
    }
}
