using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Reports;

/// <summary>Writes into a report. All texts are taken as they are; nothing needs to be escaped.</summary>
public interface IReportWriter
{
    /// <summary>Begins a part.</summary>
    void Heading(string text);

    /// <summary>A paragraph.</summary>
    void Paragraph(string text);

    /// <summary>A table.</summary>
    /// <param name="headers">Column heads.</param>
    /// <param name="rows">Cells of each row, as many as heads; cells that are numbers stand to the right.</param>
    void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows);

    /// <summary>A grid of pictures.</summary>
    /// <param name="headers">Column heads; the first is over the rows' labels.</param>
    /// <param name="rows">Rows.</param>
    void Figures(IReadOnlyList<string> headers, IEnumerable<ReportFigureRow> rows);

    /// <summary>A grid of pictures whose rows are made one after another, so that none is held longer than it takes to write it.</summary>
    /// <param name="headers">Column heads; the first is over the rows' labels.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="cancellationToken">Stops before a row.</param>
    async Task FiguresAsync(IReadOnlyList<string> headers, IAsyncEnumerable<ReportFigureRow> rows, CancellationToken cancellationToken = default) =>
        Figures(headers, await rows.ToArrayAsync(cancellationToken));

    /// <summary>A picture with a text under it: pointing at a word shows that word's picture instead.</summary>
    /// <param name="picture">What is seen while no word is pointed at.</param>
    /// <param name="words">A picture of the same size for each word; captions are the words.</param>
    void LinkedWords(ReportFigure picture, IReadOnlyList<ReportFigure> words);

    /// <summary>A chart of lines with bands.</summary>
    /// <exception cref="ArgumentException">A line has other numbers of values than places, or one that is not finite.</exception>
    void Chart(ReportChart chart);

    /// <summary>Numbers with their intervals under each other, on one axis.</summary>
    /// <param name="title">What they are.</param>
    /// <param name="rows">At least one.</param>
    void Intervals(string title, IReadOnlyList<ReportInterval> rows);

    /// <summary>An image at the size of figures.</summary>
    DecodedImage Picture(DecodedImage image);

    /// <summary>A map over its image, at the size of figures.</summary>
    /// <param name="image">The image.</param>
    /// <param name="map">[H, W] of the image's size.</param>
    /// <param name="signed">Whether the map has a sign.</param>
    DecodedImage Overlay(DecodedImage image, HostTensor map, bool signed);

    /// <summary>A picture with the outline of a region.</summary>
    /// <param name="picture">What <see cref="Picture"/> or <see cref="Overlay"/> gave.</param>
    /// <param name="mask">The region, of the image's size.</param>
    DecodedImage Outline(DecodedImage picture, ImageMask mask);
}
