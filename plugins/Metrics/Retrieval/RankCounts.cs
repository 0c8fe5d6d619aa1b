namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>How what a query looks for stands in a gallery.</summary>
/// <param name="Before">Others that are more like the query than the best that it looks for.</param>
/// <param name="Beside">Others that are as much like it.</param>
/// <param name="Best">How many of those that it looks for are as much like it as the best.</param>
/// <param name="Others">All others.</param>
internal readonly record struct RankCounts(int Before, int Beside, int Best, int Others)
{
    /// <summary>
    /// Whether one that is looked for is among the first so many, 0 or 1; where equals reach over the border, the share of their orders in which one is.
    /// </summary>
    public double Recall(int depth)
    {
        int free = depth - Before;
        if (free <= 0) return 0;
        // None of the best is drawn in any of the free places.
        double none = 1;
        for (int drawn = 0; drawn < free && none > 0; drawn++) none *= Math.Max(0, Beside - drawn) / (double)Math.Max(1, Beside + Best - drawn);
        return 1 - none;
    }
}
