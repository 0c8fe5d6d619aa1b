namespace Pellucid.Abstractions.Reports;

/// <summary>
/// A part of an experiment's report: reads results and writes headings, tables and figures. Register it with <c>AddReportSection</c>. It must
/// write the same for the same results: no clock, no unseeded draws.
/// </summary>
public interface IReportSection
{
    /// <summary>Writes the section.</summary>
    /// <param name="results">What the experiment found.</param>
    /// <param name="report">Where to write.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    Task WriteAsync(IReportResults results, IReportWriter report, CancellationToken cancellationToken = default);
}
