namespace Pellucid.Abstractions.Reports;

/// <summary>A row of pictures.</summary>
/// <param name="Label">What the row shows.</param>
/// <param name="Cells">Pictures, in the order of the columns; null leaves a place empty.</param>
public sealed record ReportFigureRow(string Label, IReadOnlyList<ReportFigure?> Cells);
