namespace Pellucid.Abstractions.Datasets;

/// <summary>How the image of an item is had: <see cref="FileImage"/>, <see cref="EncodedImage"/> or <see cref="PixelImage"/>. The host decodes.</summary>
/// <param name="Name">File name or another label, for messages and reports.</param>
public abstract record DatasetImage(string Name);
