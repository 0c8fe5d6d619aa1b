using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Images;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Concepts;

/// <summary>
/// Section <c>word-regions</c>: which word of a phrase looks at which region, as pointing game per word. A method that gives a map for each word
/// of a text, such as <c>interactions</c>, is taken at these; any other at the maps of texts that say the word alone. Compared are the words that
/// all explainers have a map for, image by image; then pictures whose words can be pointed at.
/// </summary>
public sealed class WordRegionsSection : IReportSection
{
    private const string AllWords = "all";
    private const int Pictures = 8;

    /// <inheritdoc/>
    public async Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(report);
        ConceptUnits units = new(results);
        foreach (string model in results.Models)
        {
            report.Heading(results.Models.Count == 1 ? "Which word looks at which region" : $"Which word looks at which region: {model}");
            ConceptUnit[][] phrases = [.. units.All.Where(u => u.Unit.Model == model && u.Concepts.Count > 1).GroupBy(u => (u.Unit.Item.Id, u.Unit.Target.Identity)).Select(g => g.ToArray())];
            WordPointing pointing = new();
            foreach (var item in phrases.GroupBy(p => p[0].Unit.Item.Id))
            {
                RegionMasks masks = new(item.First()[0].Unit.Item);
                foreach (ConceptUnit[] phrase in item) await pointing.AddAsync(units, results.Explainers, phrase, masks, cancellationToken);
            }

            if (pointing.Words == 0)
            {
                report.Paragraph("There is no word that every explainer has a map for: give phrases such as \"a red cube\", and for explainers without maps of words texts that say each word alone, such as \"a red object\" (texts of an experiment: from: attributes).");
                continue;
            }

            Tables(results, report, pointing);
            await PicturesAsync(results, report, units, phrases, cancellationToken);
        }
    }

    private static void Tables(IReportResults results, IReportWriter report, WordPointing pointing)
    {
        report.Paragraph(
            $"Pointing game per word: the share of words whose map is largest inside a region that the word is true of; {pointing.Words} words of phrases, {pointing.LeftOut} left out for want of a map or of a mask. Chance: the regions' share of the image. "
            + "Words of one image count as one observation; in brackets 95 % bootstrap intervals over images.");
        string[] kinds = [AllWords, .. pointing.Kinds];
        report.Table(["explainer", "its maps of words", .. kinds], results.Explainers.Select(e => (IReadOnlyList<string>)[e, pointing.GivesWords(e) ? "from one phrase" : "each from a text of its own", .. kinds.Select(k => pointing.Of(e, k == AllWords ? null : k).Describe(results.Seed))])
            .Append(["chance", "", .. kinds.Select(k => pointing.Chance(k == AllWords ? null : k).Describe(results.Seed))]));
        (string First, string Second)[] pairs = [.. results.Explainers.Where(pointing.GivesWords).SelectMany(a => results.Explainers.Where(b => !pointing.GivesWords(b)).Select(b => (a, b)))];
        if (pairs.Length == 0) return;
        PairedDifference[] differences = [.. pairs.Select(p => pointing.Of(p.First, null).Less(pointing.Of(p.Second, null), results.Seed)!)];
        double[] adjusted = Holm.Adjust([.. differences.Select(d => d.PValue)]);
        for (int p = 0; p < pairs.Length; p++) report.Paragraph(Verdict(pairs[p], differences[p], adjusted[p]));
    }

    private static string Verdict((string First, string Second) pair, PairedDifference difference, double adjusted)
    {
        string range = difference.Interval is { } i ? $" [{i.Low:F3}, {i.High:F3}]" : string.Empty;
        string numbers = $"{Math.Abs(difference.Mean):F3}; difference {difference.Mean:F3}{range}, p {adjusted:F4} over {difference.Count} images";
        return difference.Shown(adjusted) switch
        {
            ShownDifference.Higher => $"{pair.First} beats {pair.Second} by {numbers}.",
            ShownDifference.Lower => $"{pair.First} does not beat {pair.Second}: it is behind by {numbers}.",
            _ => $"{pair.First} is not shown to beat {pair.Second}: they are apart by {numbers}.",
        };
    }

    private static async Task PicturesAsync(IReportResults results, IReportWriter report, ConceptUnits units, ConceptUnit[][] phrases, CancellationToken cancellationToken)
    {
        report.Paragraph("Point at a word, or reach it with the Tab key, to see its map; outlined are the regions that it is true of.");
        // The longest phrases of different images say most.
        foreach (ConceptUnit[] phrase in phrases.Where(p => p.Any(u => u.Unit.Failure is null)).GroupBy(p => p[0].Unit.Item.Id).Select(g => g.MaxBy(p => p[0].Concepts.Count)!).OrderByDescending(p => p[0].Concepts.Count).Take(Pictures))
        {
            DatasetItem item = phrase[0].Unit.Item;
            DecodedImage image = await results.LoadImageAsync(item, cancellationToken);
            RegionMasks masks = new(item);
            foreach (ConceptUnit unit in phrase)
            {
                List<ReportFigure> words = [];
                (IReadOnlyList<HostTensor?> maps, bool ofWords) = await units.WordMapsAsync(unit, cancellationToken);
                for (int c = 0; c < maps.Count; c++)
                {
                    if (maps[c] is not { } map) continue;
                    DecodedImage overlay = report.Overlay(image, map, ofWords || unit.Unit.Signed);
                    words.Add(new ReportFigure(await masks.WithAsync(unit.Concepts[c].Attribute, map, cancellationToken) is { } mask ? report.Outline(overlay, mask) : overlay, unit.Concepts[c].Attribute.Value));
                }

                if (words.Count > 0) report.LinkedWords(new ReportFigure(report.Picture(image), $"{item.Id}, \"{unit.Unit.Target.Text}\", {unit.Unit.Explainer}"), words);
            }
        }
    }
}
