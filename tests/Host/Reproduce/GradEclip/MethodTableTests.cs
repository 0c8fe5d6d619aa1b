using Pellucid.Abstractions.Metrics;
using Pellucid.Host.Reproduce.GradEclip;
using Pellucid.Host.Tests.Concepts;
using Pellucid.Host.Tests.Evaluating;

namespace Pellucid.Host.Tests.Reproduce.GradEclip;

public sealed class MethodTableTests
{
    [Fact]
    public void Explainers_are_compared_on_the_same_images_and_targets()
    {
        EvaluatedUnits units = new(["same", "better", "last"]);
        for (int i = 0; i < 20; i++)
        {
            // The first has no value for the second target, which is the easy one: by images alone it would look worse.
            units.Add("same", $"{i}", MetricResult.Of(0.1), "hard").Add("same", $"{i}", null, "easy");
            units.Add("better", $"{i}", MetricResult.Of(0.3 + (0.001 * i)), "hard").Add("better", $"{i}", MetricResult.Of(0.95), "easy");
            units.Add("last", $"{i}", MetricResult.Of(0.1), "hard").Add("last", $"{i}", MetricResult.Of(0.9), "easy");
        }

        MethodTable table = Table(units);

        Assert.Equal(["no difference shown", "better", string.Empty], table.Rows.Select(r => r.Cells[0]!.Verdict));
        Assert.Equal(0.1, table.Rows[0].Cells[0]!.Value, 6);
        Assert.Equal(0.5, table.Rows[2].Cells[0]!.Value, 6);
        Assert.All(table.Rows, r => Assert.Equal(20, r.Cells[0]!.Images));
    }

    [Fact]
    public void Published_values_stand_beside_ours_where_there_are_some()
    {
        EvaluatedUnits units = new EvaluatedUnits(["a", "b"]).Add("a", 0.5, 0.5).Add("b", 0.25, 0.25);
        PublishedValue value = new("localization", "a", "m", "imagenet-s", "ViT-B/16", 0.4375, "somewhere, table 5");
        WrittenReport report = new();

        Table(units).WriteTo(report);
        Table(units, (explainer, metric) => (explainer, metric) == ("a", "m") ? value : null).WriteTo(report);

        Assert.Equal(["explainer", "m"], report.Tables[0].Headers);
        Assert.Equal(["explainer", "m", "published"], report.Tables[1].Headers);
        Assert.Equal(["0.4375", "none"], report.Tables[1].Rows.Select(r => r[2]));
        Assert.StartsWith("0.5000", report.Tables[1].Rows[0][1], StringComparison.Ordinal);
        Assert.Single(report.Paragraphs, p => p.Contains("somewhere, table 5", StringComparison.Ordinal));
    }

    private static MethodTable Table(EvaluatedUnits units, Func<string, string, PublishedValue?>? published = null) =>
        MethodTable.Of(units, _ => new Higher(), "title", "note", [], published ?? ((_, _) => null));

    private sealed class Higher : IMetric
    {
        public MetricTraits Traits { get; } = new() { Family = MetricFamily.Faithfulness, Direction = MetricDirection.Higher, Needs = MetricNeeds.None };

        public Task<IReadOnlyList<MetricResult>> MeasureAsync(MetricRequest request, CancellationToken cancellationToken = default) => throw new InvalidOperationException("results are made by hand");
    }
}
