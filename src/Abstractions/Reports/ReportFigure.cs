using Pellucid.Abstractions.Images;

namespace Pellucid.Abstractions.Reports;

/// <summary>A picture with what is said about it.</summary>
/// <param name="Picture">RGB.</param>
/// <param name="Caption">Under the picture, and for readers who do not see it.</param>
public sealed record ReportFigure(DecodedImage Picture, string Caption);
