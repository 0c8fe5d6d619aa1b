using Pellucid.Abstractions.Datasets;
using Pellucid.Abstractions.Reports;

namespace Pellucid.Host.Experiments.Reporting;

/// <summary>Images that were taken, and of which nothing was explained: their classes are not among those that are asked for, or they have no class, caption or region.</summary>
internal static class ImagesWithoutTargets
{
    /// <summary>The images, in the data set's order.</summary>
    public static IReadOnlyList<DatasetItem> Of(IReportResults results)
    {
        HashSet<string> explained = new(results.Units.Select(u => u.Item.Id), StringComparer.Ordinal);
        return [.. results.Items.Where(i => !explained.Contains(i.Id))];
    }
}
