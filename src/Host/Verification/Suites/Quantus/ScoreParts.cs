namespace Pellucid.Host.Verification.Suites.Quantus;

/// <summary>Our numbers for a case: for each name of the reference its numbers in order of reading, nested lists flattened; NaN where undefined.</summary>
/// <param name="Parts">Numbers by name; names within names are joined by a slash, and plain lists have the empty name.</param>
internal sealed record ScoreParts(IReadOnlyDictionary<string, IReadOnlyList<double>> Parts)
{
    /// <summary>A plain list.</summary>
    public static ScoreParts Of(IReadOnlyList<double> values) => Of((string.Empty, values));

    /// <summary>Named lists.</summary>
    public static ScoreParts Of(params IEnumerable<(string Name, IReadOnlyList<double> Values)> parts) =>
        new(parts.ToDictionary(p => p.Name, p => p.Values, StringComparer.Ordinal));
}
