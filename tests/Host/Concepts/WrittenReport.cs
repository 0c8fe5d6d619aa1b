using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;

namespace Pellucid.Host.Tests.Concepts;

/// <summary>Keeps what a section writes.</summary>
internal sealed class WrittenReport : IReportWriter
{
    public List<string> Paragraphs { get; } = [];

    public List<(IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows)> Tables { get; } = [];

    public List<(ReportFigure Picture, IReadOnlyList<ReportFigure> Words)> Linked { get; } = [];

    public List<IReadOnlyList<ReportFigureRow>> Grids { get; } = [];

    public List<ReportChart> Charts { get; } = [];

    public List<IReadOnlyList<ReportInterval>> IntervalRows { get; } = [];

    /// <summary>A cell of a table by its row's first cells and its column.</summary>
    public string Cell(int table, string column, params string[] row)
    {
        (IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> rows) = Tables[table];
        return rows.Single(r => r.Take(row.Length).SequenceEqual(row))[headers.ToList().IndexOf(column)];
    }

    public void Heading(string text) => Assert.NotEmpty(text);

    public void Paragraph(string text) => Paragraphs.Add(text);

    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        IReadOnlyList<string>[] all = [.. rows];
        Assert.All(all, r => Assert.Equal(headers.Count, r.Count));
        Tables.Add((headers, all));
    }

    public void Figures(IReadOnlyList<string> headers, IEnumerable<ReportFigureRow> rows) => Grids.Add([.. rows]);

    public void LinkedWords(ReportFigure picture, IReadOnlyList<ReportFigure> words) => Linked.Add((picture, words));

    public void Chart(ReportChart chart) => Charts.Add(chart);

    public void Intervals(string title, IReadOnlyList<ReportInterval> rows) => IntervalRows.Add(rows);

    public DecodedImage Picture(DecodedImage image) => image;

    public DecodedImage Overlay(DecodedImage image, HostTensor map, bool signed) => image;

    public DecodedImage Outline(DecodedImage picture, ImageMask mask) => picture;
}
