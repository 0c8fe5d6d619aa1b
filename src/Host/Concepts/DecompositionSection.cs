using Pellucid.Abstractions.Metrics;
using Pellucid.Abstractions.Reports;
using Pellucid.Graphs;
using Pellucid.Host.Statistics;

namespace Pellucid.Host.Concepts;

/// <summary>
/// Section <c>decomposition</c>: whether the map of a phrase is made of the maps of its words (Zhao et al. 2024, "Gradient-based visual
/// explanation for transformer-based CLIP", concept decomposition and addibility), in numbers: correlation and structural similarity with the
/// sum of the words' maps, and how much of the phrase's map their best combination with weights that are not negative accounts for; beside it
/// the same with the words of another phrase of the image.
/// </summary>
public sealed class DecompositionSection : IReportSection
{
    /// <inheritdoc/>
    public async Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(results);
        ArgumentNullException.ThrowIfNull(report);
        report.Heading("Concept decomposition and addibility: phrases and their words");
        ConceptUnits units = new(results);
        List<(string Model, string Explainer, Addends Found)> rows = [];
        foreach (var group in units.All.Where(u => u.Concepts.Count > 1).GroupBy(u => (u.Unit.Model, u.Unit.Explainer)))
            rows.Add((group.Key.Model, group.Key.Explainer, await MeasureAsync(units, [.. group], cancellationToken)));
        if (rows.All(r => r.Found.Explained.Count == 0))
        {
            report.Paragraph("No phrase has a map of its own and one of each of its words: give texts that hold two or more attributes of the images' regions, such as \"a red cube\", and texts that hold one each, such as \"a red object\".");
            return;
        }

        report.Paragraph(
            "The map of a phrase against the maps of its words, at image size. Addibility is the likeness to the words' sum, decomposition the share that the words explain. Sum: the words' maps, each scaled to [0, 1], added. Explained: the share of the phrase's sum of squares that the best combination of the words' maps with weights of 0 or more accounts for. "
            + "Other words: the same with the words of another phrase about the same image, as a measure of how much any words would explain. Difference: explained less explained by other words, on the images alone that have both. In brackets 95 % bootstrap intervals over images; p by sign flips, adjusted over the rows (Holm).");
        report.Table(["model", "explainer", "phrases", "left out", "correlation with a word", "correlation with the sum", "SSIM with the sum", "explained", "explained by other words", "difference", "95 % interval", "p", "images of the difference"], Rows(rows, results.Seed));
        report.Paragraph("Weights of the words in the best combination, by what they say; the weights of a phrase add up to 1.");
        string[] names = [.. rows.SelectMany(r => r.Found.Weights.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        report.Table(["model", "explainer", .. names], rows.Select(r => (IReadOnlyList<string>)[r.Model, r.Explainer, .. names.Select(n => r.Found.Weights.GetValueOrDefault(n)?.Describe(results.Seed) ?? "none")]));
    }

    private static IEnumerable<IReadOnlyList<string>> Rows(List<(string Model, string Explainer, Addends Found)> rows, ulong seed)
    {
        PairedDifference?[] differences = [.. rows.Select(r => r.Found.WithOther.Less(r.Found.ByOther, seed))];
        double[] adjusted = Holm.Adjust([.. differences.Select(d => d?.PValue ?? 1)]);
        for (int r = 0; r < rows.Count; r++)
        {
            (string model, string explainer, Addends found) = rows[r];
            yield return
            [
                model, explainer, $"{found.Explained.Count}", $"{found.LeftOut}", found.Word.Describe(seed), found.Sum.Describe(seed), found.Ssim.Describe(seed), found.Explained.Describe(seed), found.ByOther.Describe(seed),
                differences[r] is { } d ? $"{d.Mean:F3}" : "none", differences[r]?.Interval is { } i ? $"{i.Low:F3} to {i.High:F3}" : "none", differences[r] is null ? "none" : $"{adjusted[r]:F4}", $"{differences[r]?.Count ?? 0}",
            ];
        }
    }

    private static async Task<Addends> MeasureAsync(ConceptUnits units, ConceptUnit[] phrases, CancellationToken cancellationToken)
    {
        Addends found = new();
        foreach (ConceptUnit phrase in phrases)
        {
            HostTensor? map = await units.MapAsync(phrase.Unit, cancellationToken);
            IReadOnlyList<float[]>? words = await PartsAsync(units, phrase, cancellationToken);
            if (map is null || words is null)
            {
                found.LeftOut++;
                continue;
            }

            found.Add(phrase, map, words);
            foreach (ConceptUnit other in units.Phrases(phrase.Unit).Where(o => !o.Concepts.Any(c => phrase.Concepts.Any(p => p.Attribute == c.Attribute)) && o.Concepts.Count == phrase.Concepts.Count))
            {
                if (await PartsAsync(units, other, cancellationToken) is not { } others) continue;
                found.ByOther.Add(phrase.Unit.Item.Id, NonNegativeFit.Of(map.Floats, others).Explained);
                found.WithOther.Add(phrase.Unit.Item.Id, NonNegativeFit.Of(map.Floats, words).Explained);
                break;
            }
        }

        return found;
    }

    /// <summary>Maps of a phrase's words, each from its own unit; null where one is missing.</summary>
    private static async Task<IReadOnlyList<float[]>?> PartsAsync(ConceptUnits units, ConceptUnit phrase, CancellationToken cancellationToken)
    {
        List<float[]> words = [];
        foreach (Concept concept in phrase.Concepts)
        {
            if (units.Alone(phrase.Unit, concept.Attribute) is not { } alone || await units.MapAsync(alone.Unit, cancellationToken) is not { } map) return null;
            words.Add(map.Floats.ToArray());
        }

        return words;
    }

    private sealed class Addends
    {
        public ImageMeans Word { get; } = new();

        public ImageMeans Sum { get; } = new();

        public ImageMeans Ssim { get; } = new();

        public ImageMeans Explained { get; } = new();

        public ImageMeans WithOther { get; } = new();

        public ImageMeans ByOther { get; } = new();

        public SortedDictionary<string, ImageMeans> Weights { get; } = new(StringComparer.Ordinal);

        public int LeftOut { get; set; }

        public void Add(ConceptUnit phrase, HostTensor map, IReadOnlyList<float[]> words)
        {
            string image = phrase.Unit.Item.Id;
            foreach (float[] word in words) Word.Add(image, MapSimilarity.Pearson(map.Floats, word));
            float[] sum = new float[map.Length];
            foreach (float[] word in words) System.Numerics.Tensors.TensorPrimitives.Add(sum, Scaled(word), sum);
            // A sum of maps that fill each other's gaps is flat, and resembles nothing.
            if (MapSimilarity.Pearson(map.Floats, sum) is var correlation && double.IsFinite(correlation)) Sum.Add(image, correlation);
            HostTensor one = HostTensor.Of(Scaled(map.Floats), map.Shape), other = HostTensor.Of(Scaled(sum), map.Shape);
            if (map.Shape.All(n => n >= 7)) Ssim.Add(image, MapSimilarity.Ssim(one, other, range: 1));
            NonNegativeFit fit = NonNegativeFit.Of(map.Floats, words);
            Explained.Add(image, fit.Explained);
            double total = fit.Weights.Sum();
            for (int c = 0; c < phrase.Concepts.Count && total > 0; c++)
            {
                string name = phrase.Concepts[c].Attribute.Name;
                if (!Weights.TryGetValue(name, out ImageMeans? weights)) Weights[name] = weights = new ImageMeans();
                weights.Add(image, fit.Weights[c] / total);
            }
        }

        private static float[] Scaled(ReadOnlySpan<float> values)
        {
            float least = System.Numerics.Tensors.TensorPrimitives.Min(values), range = System.Numerics.Tensors.TensorPrimitives.Max(values) - least;
            return [.. values.ToArray().Select(v => range > 0 ? (v - least) / range : 0)];
        }
    }
}
