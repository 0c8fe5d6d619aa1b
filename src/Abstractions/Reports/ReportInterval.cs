namespace Pellucid.Abstractions.Reports;

/// <summary>A number with its interval, a row of a plot.</summary>
/// <param name="Name">What it belongs to.</param>
/// <param name="Value">The number, finite.</param>
/// <param name="Low">Lower end of the interval; null where there is none.</param>
/// <param name="High">Upper end; null where there is none.</param>
public sealed record ReportInterval(string Name, double Value, double? Low, double? High);
