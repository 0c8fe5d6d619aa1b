using Pellucid.Abstractions.Metrics;

namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>How a case is computed with a metric of this program.</summary>
/// <param name="Spec">The metric, as a user writes it.</param>
/// <param name="Read">Takes the case's numbers from the results.</param>
internal sealed record MetricCase(string Spec, ScoreReader Read)
{
    /// <summary>Explainer that the metric asks again, as a user writes it; null for none.</summary>
    public string? Explainer { get; init; }

    /// <summary>Whether the images are the suite's 8-bit images instead of its pixel values.</summary>
    public bool From8Bit { get; init; }

    /// <summary>Whether the suite's texts are explained, each with the image of its number, instead of classes.</summary>
    public bool OfTexts { get; init; }

    /// <summary>Masks of the case, by the name of their tensor; null for none.</summary>
    public string? Masks { get; init; }

    /// <summary>Changes an item: gives it its part of the stored draws, say. Gets the number of the image and the item.</summary>
    public Func<QuantusInputs, int, MeasuredItem, MeasuredItem>? Adjust { get; init; }

    /// <summary>Further options that come from the suite and not from the case; null for none.</summary>
    public Func<QuantusInputs, string>? SuiteOptions { get; init; }

    /// <summary>The value of each item.</summary>
    public static ScoreParts Values(IReadOnlyList<MetricResult> items, PooledResult? pooled) => ScoreParts.Of([.. items.Select(i => i.Value)]);

    /// <summary>The first curve of each item, one after another, without its first <paramref name="skip"/> points.</summary>
    public static ScoreReader Curve(int skip) => (items, _) => ScoreParts.Of([.. items.SelectMany(i => i.Curves.Count == 0 ? [double.NaN] : i.Curves[0].Y.Skip(skip))]);
}
