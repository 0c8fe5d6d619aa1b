namespace Pellucid.Host.Reproduce;

/// <summary>All that was measured in a study.</summary>
/// <param name="Measures">By image, approach and method, in order.</param>
/// <param name="Facts">What chance would reach, by image.</param>
public sealed record StudyFindings(IReadOnlyList<ImageMeasures> Measures, IReadOnlyList<ImageFacts> Facts)
{
    /// <summary>Values of a measure by image, for one method, or the mean over all methods for the images where every method has one.</summary>
    /// <param name="approach">Which maps.</param>
    /// <param name="measure">Which measure.</param>
    /// <param name="method">Name of the method; null for all.</param>
    public IReadOnlyDictionary<string, double> ByImage(StudyApproach approach, StudyMeasure measure, string? method = null) => Measures
        .Where(m => m.Approach == approach && (method is null || m.Method == method))
        .GroupBy(m => m.Item, StringComparer.Ordinal)
        .Where(g => g.All(m => m.Of(measure) is not null))
        .ToDictionary(g => g.Key, g => g.Average(m => m.Of(measure)!.Value), StringComparer.Ordinal);

    /// <summary>Images in order.</summary>
    public IReadOnlyList<string> Items => [.. Facts.Select(f => f.Item)];
}
