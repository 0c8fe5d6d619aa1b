using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Concepts;

/// <summary>
/// Section <c>attributes</c>: whether the map of a word such as "red" finds the object that it is true of among two that differ in that attribute
/// (Zhao et al. 2024, "Gradient-based visual explanation for transformer-based CLIP", attribute identification), for each attribute that the data
/// set knows of its regions, against chance. Words of both objects are asked for, so that a map that pays no heed to the word is right in half
/// of the cases.
/// </summary>
public sealed class IdentificationSection : IReportSection
{
    /// <inheritdoc/>
    public async Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(report);
        report.Heading("Which object has the attribute");
        ConceptUnits units = new(results);
        SortedDictionary<(string Attribute, string Model, string Explainer), Choices> rows = [];
        int leftOut = 0, withoutMask = 0;
        foreach (var item in units.All.Where(u => u.Concepts.Count == 1).GroupBy(u => u.Unit.Item.Id))
        {
            RegionMasks masks = new(item.First().Unit.Item);
            foreach (ConceptUnit unit in item)
            {
                (DatasetRegion Right, DatasetRegion Other)[] pairs = [.. Pairs(unit)];
                if (pairs.Length == 0) continue;
                if (await units.MapAsync(unit.Unit, cancellationToken) is not { } map)
                {
                    leftOut++;
                    continue;
                }

                var key = (unit.Concepts[0].Attribute.Name, unit.Unit.Model, unit.Unit.Explainer);
                Choices row = rows.GetValueOrDefault(key) ?? new Choices();
                foreach ((DatasetRegion right, DatasetRegion other) in pairs)
                {
                    if (await masks.OfAsync(right, map, cancellationToken) is { } own && await masks.OfAsync(other, map, cancellationToken) is { } others) row.Add(unit.Unit.Item.Id, map, own, others, DifferOnce(right, other));
                    else withoutMask++;
                }

                if (row.Maximum.Count > 0) rows[key] = row;
            }
        }

        if (rows.Count == 0)
        {
            report.Paragraph("No image has two regions that differ in an attribute and a text that says that attribute alone: a data set with attributes is needed, and texts such as \"a red object\" (texts of an experiment: from: attributes).");
            SayLeftOut(report, leftOut, withoutMask);
            return;
        }

        report.Paragraph(
            "Pairs of an object that the word is true of and one that has another value of that attribute. Maximum: the share of pairs where the map is larger at its highest inside the right object (a tie counts half). Mean and mass: the same for the mean value and for the sum over the object; the sum favors big objects. "
            + "Chance is 0.500. In brackets 95 % bootstrap intervals over images; p by sign flips against chance, adjusted over the rows (Holm). Minimal pairs differ in this attribute and no other, their place aside.");
        report.Table(["attribute", "model", "explainer", "pairs", "images", "maximum", "p", "mean", "mass", "minimal pairs", "maximum of these", "verdict"], Rows(rows, results.Seed));
        SayLeftOut(report, leftOut, withoutMask);
    }

    private static void SayLeftOut(IReportWriter report, int units, int pairs)
    {
        if (units > 0) report.Paragraph($"{units} units have no map, or one that is the same everywhere, and are left out.");
        if (pairs > 0) report.Paragraph($"{pairs} pairs are left out because the mask of a region cannot be read, or does not fit its image.");
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(SortedDictionary<(string Attribute, string Model, string Explainer), Choices> rows, ulong seed)
    {
        PairedDifference[] overChance = [.. rows.Values.Select(r => r.Maximum.Less(0.5, seed)!)];
        double[] adjusted = Holm.Adjust([.. overChance.Select(d => d.PValue)]);
        int index = 0;
        foreach (((string attribute, string model, string explainer), Choices row) in rows)
        {
            string verdict = overChance[index].Shown(adjusted[index]) switch { ShownDifference.Higher => "better than chance", ShownDifference.Lower => "worse than chance", _ => "not shown to differ from chance" };
            yield return
            [
                attribute, model, explainer, $"{row.Maximum.Count}", $"{row.Maximum.Images}", row.Maximum.Describe(seed), $"{adjusted[index++]:F4}", row.Mean.Describe(seed), row.Mass.Describe(seed),
                $"{row.Minimal.Count}", row.Minimal.Describe(seed), verdict,
            ];
        }
    }

    /// <summary>Regions that the word is true of, with each that it is not true of and that has a value of the attribute which the first lacks: then there is a word for either.</summary>
    private static IEnumerable<(DatasetRegion Right, DatasetRegion Other)> Pairs(ConceptUnit unit)
    {
        RegionAttribute asked = unit.Concepts[0].Attribute;
        foreach (DatasetRegion right in unit.Unit.Item.Regions)
        {
            IReadOnlyList<RegionAttribute> known = Concept.Of(right);
            if (!known.Contains(asked)) continue;
            foreach (DatasetRegion other in unit.Unit.Item.Regions)
            {
                IReadOnlyList<RegionAttribute> others = Concept.Of(other);
                if (!others.Contains(asked) && others.Any(a => a.Name == asked.Name && !known.Contains(a))) yield return (right, other);
            }
        }
    }

    private static bool DifferOnce(DatasetRegion a, DatasetRegion b)
    {
        string[] names = [.. Concept.Of(a).Except(Concept.Of(b)).Concat(Concept.Of(b).Except(Concept.Of(a))).Select(d => d.Name).Distinct(StringComparer.Ordinal)];
        return names.Length == 1 || (names.Length == 2 && names.Contains("position", StringComparer.Ordinal));
    }

    private sealed class Choices
    {
        public ImageMeans Maximum { get; } = new();

        public ImageMeans Mean { get; } = new();

        public ImageMeans Mass { get; } = new();

        public ImageMeans Minimal { get; } = new();

        public void Add(string image, HostTensor map, ImageMask right, ImageMask other, bool minimal)
        {
            if (right.Area == 0 || other.Area == 0) return;
            (double Maximum, double Mean, double Mass) a = RegionMasks.Inside(map, right), b = RegionMasks.Inside(map, other);
            Maximum.Add(image, Better(a.Maximum, b.Maximum));
            Mean.Add(image, Better(a.Mean, b.Mean));
            Mass.Add(image, Better(a.Mass, b.Mass));
            if (minimal) Minimal.Add(image, Better(a.Maximum, b.Maximum));
        }

        private static double Better(double a, double b) => a > b ? 1 : a < b ? 0 : 0.5;
    }
}
