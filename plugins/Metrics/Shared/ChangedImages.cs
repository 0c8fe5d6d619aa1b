namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>The changed images of one item, made one after another.</summary>
/// <param name="Count">How many.</param>
/// <param name="Write">
/// Makes image number i in an array of C x H x W values. The array holds the unchanged image, or for cumulative changes what the step before left.
/// </param>
/// <param name="Cumulative">Whether changes add up.</param>
internal sealed record ChangedImages(int Count, Action<int, float[]> Write, bool Cumulative);
