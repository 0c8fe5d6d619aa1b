using System.Globalization;
using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Output;
using Pellucid.Host.Reports;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>Writes sections into the one-file page.</summary>
/// <param name="html">The page.</param>
/// <param name="style">How maps are drawn.</param>
internal sealed class ReportWriter(HtmlWriter html, OverlayStyle style) : IReportWriter
{
    private const int SmallFrom = 5;

    public void Heading(string text) => html.Raw("<h2>").Text(text).Raw("</h2>\n");

    public void Paragraph(string text) => html.Raw("<p>").Text(text).Raw("</p>\n");

    public void Table(IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        Head(headers);
        foreach (IReadOnlyList<string> row in rows)
        {
            html.Raw("<tr>");
            foreach (string cell in row) html.Raw(double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? "<td class=\"num\">" : "<td>").Text(cell).Raw("</td>");
            html.Raw("</tr>\n");
        }

        html.Raw("</tbody></table></div>\n");
    }

    public void Figures(IReadOnlyList<string> headers, IEnumerable<ReportFigureRow> rows)
    {
        // Many pictures side by side are of use only where all of them are seen at once.
        Head(headers, headers.Count > SmallFrom ? "small" : string.Empty);
        foreach (ReportFigureRow row in rows) Row(row);
        html.Raw("</tbody></table></div>\n");
    }

    public async Task FiguresAsync(IReadOnlyList<string> headers, IAsyncEnumerable<ReportFigureRow> rows, CancellationToken cancellationToken = default)
    {
        Head(headers, headers.Count > SmallFrom ? "small" : string.Empty);
        await foreach (ReportFigureRow row in rows.WithCancellation(cancellationToken)) Row(row);
        html.Raw("</tbody></table></div>\n");
    }

    public void LinkedWords(ReportFigure picture, IReadOnlyList<ReportFigure> words) =>
        Host.Reports.LinkedWords.Render(html, (picture.Caption, PngEncoder.Encode(picture.Picture)), [.. words.Select(w => (w.Caption, PngEncoder.Encode(w.Picture)))]);

    public void Chart(ReportChart chart) => html.Raw(SvgCharts.Lines(chart));

    public void Intervals(string title, IReadOnlyList<ReportInterval> rows) => html.Raw(SvgCharts.Intervals(title, rows));

    public DecodedImage Picture(DecodedImage image) => style.Enlarge(image);

    public DecodedImage Overlay(DecodedImage image, HostTensor map, bool signed) => style.Draw(image, map, signed);

    public DecodedImage Outline(DecodedImage picture, ImageMask mask)
    {
        bool[] enlarged = new bool[picture.Width * picture.Height];
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++) enlarged[(y * picture.Width) + x] = mask.Pixels[(y * mask.Height / picture.Height * mask.Width) + (x * mask.Width / picture.Width)];
        }

        return Modeling.Imaging.Rendering.Outline.Mask(picture, enlarged, RgbColor.White, thickness: 2);
    }

    private void Row(ReportFigureRow row)
    {
        html.Raw("<tr><td>").Text(row.Label).Raw("</td>");
        foreach (ReportFigure? figure in row.Cells)
        {
            html.Raw("<td>");
            if (figure is not null) html.Raw("<figure>").Picture(PngEncoder.Encode(figure.Picture), figure.Caption, "map").Raw("<figcaption>").Text(figure.Caption).Raw("</figcaption></figure>");
            html.Raw("</td>");
        }

        html.Raw("</tr>\n");
    }

    private void Head(IReadOnlyList<string> headers, string style = "")
    {
        html.Raw("<div class=\"scroll\"><table").Raw(style.Length > 0 ? $" class=\"{style}\"" : string.Empty).Raw("><thead><tr>");
        foreach (string header in headers) html.Raw("<th>").Text(header).Raw("</th>");
        html.Raw("</tr></thead><tbody>\n");
    }
}
