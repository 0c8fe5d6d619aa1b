namespace Pellucid.Abstractions.Datasets;

/// <summary>An image file in a format that the host decodes.</summary>
/// <param name="Path">Full path. A missing file is found when it is loaded, not before.</param>
public sealed record FileImage(string Path) : DatasetImage(System.IO.Path.GetFileName(Path));
