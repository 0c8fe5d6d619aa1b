using System.Xml.Linq;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Reports;

namespace Pellucid.Host.Tests.Evaluating;

public sealed class SvgChartsTests
{
    [Fact]
    public void Charts_are_well_formed_and_show_every_line()
    {
        ReportChart chart = new("a < b & c", "x", "y", [.. Enumerable.Range(0, 10).Select(i => new ReportSeries($"<{i}>", [0, 1], [i, i]) { Low = [i - 1, i - 1], High = [i + 1, i + 1] })]);
        var figure = XElement.Parse(SvgCharts.Lines(chart));
        Assert.Equal(10, figure.Descendants("polyline").Count());
        Assert.Equal(10, figure.Descendants("polygon").Count());
        Assert.Equal("a < b & c", figure.Element("figcaption")!.Value);
        Assert.Contains(figure.Descendants("text"), t => t.Value == "<9>");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1e-9, 2e-9)]
    [InlineData(-3e6, 5e6)]
    [InlineData(7, 7)]
    public void Axes_hold_their_values_and_have_round_numbers(double low, double high)
    {
        SvgAxis axis = new([low, high], 100, 0);
        Assert.InRange(axis.At(low), 0, 100);
        Assert.InRange(axis.At(high), 0, axis.At(low));
        Assert.InRange(axis.Ticks.Count, 2, 12);
        Assert.Equal(axis.Ticks.Count, axis.Ticks.Select(axis.Name).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Numbers_without_an_interval_are_dots_and_what_is_no_number_is_refused()
    {
        var figure = XElement.Parse(SvgCharts.Intervals("t", [new ReportInterval("a", 1, null, null), new ReportInterval("b", 1, 0.5, 1.5)]));
        Assert.Equal(2, figure.Descendants("circle").Count());
        Assert.Throws<ArgumentException>(() => SvgCharts.Intervals("t", [new ReportInterval("a", double.NaN, null, null)]));
        Assert.Throws<ArgumentException>(() => SvgCharts.Lines(new ReportChart("t", "x", "y", [new ReportSeries("a", [0, 1], [1])])));
    }
}
