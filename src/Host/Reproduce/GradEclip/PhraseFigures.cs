using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Host.Concepts;

namespace Pellucid.Host.Reproduce.GradEclip;

/// <summary>Pictures of phrases beside their words, and of every attribute that an image's objects have.</summary>
internal sealed class PhraseFigures : IReportSection
{
    private const int Images = 4;
    private const int MostWords = 8;

    public async Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        ConceptUnits units = new(results);
        ConceptUnit[][] images = [.. units.All.Where(u => u.Unit.Explainer == results.Explainers[0] && u.Unit.Failure is null).GroupBy(u => u.Unit.Item.Id).OrderByDescending(g => g.First().Unit.Item.Regions.Count).Take(Images).Select(g => g.ToArray())];
        report.Heading($"Words against phrases: {results.Explainers[0]}");
        List<ReportFigureRow> phrases = [], words = [];
        int most = 0;
        foreach (ConceptUnit[] image in images)
        {
            DecodedImage pixels = await results.LoadImageAsync(image[0].Unit.Item, cancellationToken);
            RegionMasks masks = new(image[0].Unit.Item);
            foreach (ConceptUnit phrase in image.Where(u => u.Concepts.Count > 1).Take(2))
            {
                List<ReportFigure?> cells = [new ReportFigure(report.Picture(pixels), phrase.Unit.Item.Id), await CellAsync(phrase)];
                foreach (Concept concept in phrase.Concepts) cells.Add(units.Alone(phrase.Unit, concept.Attribute) is { } alone ? await CellAsync(alone) : null);
                most = Math.Max(most, cells.Count);
                phrases.Add(new ReportFigureRow(phrase.Unit.Target.Text!, cells));
            }

            List<ReportFigure?> own = [new ReportFigure(report.Picture(pixels), image[0].Unit.Item.Id)];
            foreach (ConceptUnit word in image.Where(u => u.Concepts.Count == 1).Take(MostWords)) own.Add(await CellAsync(word));
            words.Add(new ReportFigureRow(image[0].Unit.Item.Id, own));

            async Task<ReportFigure?> CellAsync(ConceptUnit unit)
            {
                if (await units.MapAsync(unit.Unit, cancellationToken) is not { } map) return null;
                DecodedImage overlay = report.Overlay(pixels, map, unit.Unit.Signed);
                ImageMask? mask = unit.Concepts.Count == 1 ? await masks.WithAsync(unit.Concepts[0].Attribute, map, cancellationToken) : null;
                return new ReportFigure(mask is null ? overlay : report.Outline(overlay, mask), unit.Unit.Target.Text!);
            }
        }

        report.Figures(["phrase", "image", "phrase", .. Enumerable.Repeat("word", Math.Max(0, most - 2))], phrases);
        report.Heading($"Attributes: {results.Explainers[0]}");
        report.Figures(["image", "", .. Enumerable.Repeat("attribute", words.Count == 0 ? 0 : words.Max(w => w.Cells.Count) - 1)], words);
    }
}
