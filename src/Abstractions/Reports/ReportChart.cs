namespace Pellucid.Abstractions.Reports;

/// <summary>Lines over one axis.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Across">Name of the horizontal axis.</param>
/// <param name="Up">Name of the vertical axis.</param>
/// <param name="Series">The lines, at least one.</param>
public sealed record ReportChart(string Title, string Across, string Up, IReadOnlyList<ReportSeries> Series);
