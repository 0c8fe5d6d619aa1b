using Pellucid.Abstractions.Datasets;

namespace Pellucid.Abstractions.Reports;

/// <summary>What was explained.</summary>
/// <param name="Identity">One text that tells it from every other target.</param>
/// <param name="Description">For people.</param>
/// <param name="Text">The text it is about; null where it is about none.</param>
/// <param name="Label">The class it is about; null where none is known.</param>
/// <param name="Regions">Regions of the image that it is about.</param>
public sealed record ReportTarget(string Identity, string Description, string? Text, string? Label, IReadOnlyList<DatasetRegion> Regions);
