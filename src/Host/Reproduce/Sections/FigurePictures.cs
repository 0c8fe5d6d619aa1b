using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Explanations;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Output;
using Pellucid.Modeling.Imaging;
using Pellucid.Modeling.Imaging.Rendering;

namespace Pellucid.Host.Reproduce.Sections;

/// <summary>Pictures of both figures: the same images and classes, small, for there are many. Maps are smoothed: single bright pixels of gradients would hide the rest.</summary>
/// <param name="layout">Which unit is which map.</param>
internal sealed class FigurePictures(StudyLayout layout)
{
    private const int Images = 2, Classes = 5;

    private static readonly OverlayStyle Style = new(ColorMap.Ember, MinimumSide: 112);

    /// <summary>The first images with a finding that has a region; without any, the first images. Those without any map, as where the file cannot be read, are passed over.</summary>
    public IReadOnlyList<DatasetItem> ItemsOf(IReportResults results)
    {
        HashSet<string> explained = new(results.Units.Where(u => u.Failure is null).Select(u => u.Item.Id), StringComparer.Ordinal);
        DatasetItem[] items = [.. results.Items.Where(i => explained.Contains(i.Id))];
        DatasetItem[] found = [.. items.Where(i => i.Regions.Any(r => layout.Classes.Any(c => c.Name == r.Label))).Take(Images)];
        return found.Length > 0 ? found : [.. items.Take(Images)];
    }

    /// <summary>Indices of the image's own classes, then of others up to a few.</summary>
    public int[] ClassesOf(DatasetItem item) =>
        [.. Enumerable.Range(0, layout.Classes.Count).OrderBy(c => item.Labels.Contains(layout.Classes[c].Name, StringComparer.Ordinal) ? 0 : 1).ThenBy(c => c).Take(Classes)];

    /// <summary>Column heads for an image.</summary>
    public IReadOnlyList<string> HeadsOf(DatasetItem item) =>
        ["method", "image", .. ClassesOf(item).Select(c => layout.Classes[c].Name + (item.Labels.Contains(layout.Classes[c].Name, StringComparer.Ordinal) ? " (in the image)" : " (not in the image)"))];

    /// <summary>A row: the image with its findings outlined, and a map for each class.</summary>
    public async Task<ReportFigureRow> RowAsync(IReportResults results, IReportWriter report, DatasetItem item, StudyApproach approach, StudyMethod method, string label, CancellationToken cancellationToken)
    {
        DecodedImage image = await results.LoadImageAsync(item, cancellationToken);
        WorkingSize size = new(image.Height, image.Width);
        DecodedImage small = size.Rows == image.Height ? image : PillowResize.Resize(PillowConvert.ToRgb(image), size.Columns, size.Rows, Resample.Bicubic);
        var units = StudyLayout.Index(results, item.Id);
        List<ImageMask> all = [];
        List<ReportFigure?> cells = [];
        foreach (int c in ClassesOf(item))
        {
            ImageMask? region = await StudyScene.RegionAsync(item, layout.Classes[c].Name, image, cancellationToken) is { } mask ? new ImageMask(size.Rows, size.Columns, size.Reduce(mask)) : null;
            if (region is not null) all.Add(region);
            ReportUnit? unit = layout.Find(units, approach, method, c);
            HostTensor? map = unit is null ? null : await results.LoadImageMapAsync(unit, cancellationToken);
            if (unit is null || map is null)
            {
                cells.Add(null);
                continue;
            }

            HostTensor reduced = MapRegions.Smooth(HostTensor.Of(size.Reduce(map.Floats), size.Rows, size.Columns), MapStudy.Sigma(size));
            DecodedImage picture = Style.Draw(small, reduced, unit.Signed);
            cells.Add(new ReportFigure(region is null ? picture : report.Outline(picture, region), unit.Undefined ?? $"{(approach == StudyApproach.Plain ? "probability" : "linear score")} {unit.Score:F3}"));
        }

        DecodedImage original = Style.Enlarge(small);
        return new ReportFigureRow(label, [new ReportFigure(all.Count == 0 ? original : report.Outline(original, ImageMask.Union(all)), item.Id), .. cells]);
    }
}
