namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>The changed images of one item, made one after another.</summary>
/// <param name="Count">How many.</param>
/// <param name="Write">
/// Makes image number i in an array of C x H x W values. The array holds the unchanged image, or for cumulative changes what the step before left.
/// </param>
/// <param name="Cumulative">Whether changes add up.</param>
internal sealed record ChangedImages(int Count, Action<int, float[]> Write, bool Cumulative)
{
    /// <summary>The unchanged image, then groups of features filled one after another.</summary>
    public static ChangedImages Removing(Features features, int[][] groups, Fill fill) =>
        new(groups.Length + 1, (step, image) => Remove(features, groups, fill, step, image), Cumulative: true);

    /// <summary>The unchanged image, then each group of features filled alone.</summary>
    public static ChangedImages RemovingEach(Features features, int[][] groups, Fill fill) =>
        new(groups.Length + 1, (step, image) => Remove(features, groups, fill, step, image), Cumulative: false);

    private static void Remove(Features features, int[][] groups, Fill fill, int step, float[] image)
    {
        if (step > 0) fill.Apply(image, features.Elements(groups[step - 1]));
    }
}
