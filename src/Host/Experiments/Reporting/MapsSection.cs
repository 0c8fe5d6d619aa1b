using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>Section <c>maps</c>: images and targets by explainers, the first rows of the experiment, with the regions that the targets are about.</summary>
/// <param name="title">Heading.</param>
/// <param name="most">Rows that are shown at most.</param>
public sealed class MapsSection(string title = "Maps", int most = 24) : IReportSection
{
    /// <inheritdoc/>
    public async Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(report);
        foreach (string model in results.Models)
        {
            var rows = results.Units.Where(u => u.Model == model).GroupBy(u => (u.Item.Id, u.Target.Identity)).ToArray();
            report.Heading(results.Models.Count == 1 ? title : $"{title}: {model}");
            if (rows.Length > most) report.Paragraph($"The first {most} of {rows.Length} pairs of image and target.");
            await report.FiguresAsync(
                ["target", "image", .. results.Explainers], rows.Take(most).ToAsyncEnumerable().Select((row, stop) => new ValueTask<ReportFigureRow>(RowAsync(results, report, [.. row], stop))), cancellationToken);
        }
    }

    private static async Task<ReportFigureRow> RowAsync(IReportResults results, IReportWriter report, ReportUnit[] units, CancellationToken cancellationToken)
    {
        ReportUnit first = units[0];
        if (units.All(u => u.Failure is not null)) return new ReportFigureRow($"{first.Target.Description}: {first.Failure}", []);
        DecodedImage image = await results.LoadImageAsync(first.Item, cancellationToken);
        ImageMask? mask = null;
        string label = first.Target.Description;
        try
        {
            List<ImageMask> masks = [];
            foreach (DatasetRegion region in first.Target.Regions) masks.Add(await region.LoadAsync(image.Height, image.Width, cancellationToken));
            if (masks.Count > 0) mask = ImageMask.Union(masks);
        }
        catch (PellucidException e)
        {
            // The maps are there all the same; metrics that need the region have failed and say so.
            label = $"{label}; no outline: {e.Message}";
        }

        List<ReportFigure?> cells = [new ReportFigure(Outlined(report.Picture(image)), first.Item.Id)];
        foreach (string explainer in results.Explainers)
        {
            ReportUnit? unit = units.FirstOrDefault(u => u.Explainer == explainer);
            HostTensor? map = unit is null ? null : await results.LoadImageMapAsync(unit, cancellationToken);
            cells.Add(unit is null || map is null ? null : new ReportFigure(Outlined(report.Overlay(image, map, unit.Signed)), unit.Undefined ?? $"score {unit.Score:F4}, drift {unit.Score - unit.ExplainedScore:F4}"));
        }

        return new ReportFigureRow(label, cells);

        DecodedImage Outlined(DecodedImage picture) => mask is null ? picture : report.Outline(picture, mask);
    }
}
