namespace Pellucid.Abstractions.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Name">For the legend.</param>
/// <param name="X">Ascending, finite.</param>
/// <param name="Y">As many as <paramref name="X"/>, finite.</param>
public sealed record ReportSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Lower edge of a band around the line, as many as <see cref="X"/>; empty for none.</summary>
    public IReadOnlyList<double> Low { get; init; } = [];

    /// <summary>Upper edge of the band; empty for none.</summary>
    public IReadOnlyList<double> High { get; init; } = [];
}
