using Pellucid.Abstractions.Images;

namespace Pellucid.Abstractions.Datasets;

/// <summary>An image that the data set holds as pixels.</summary>
/// <param name="Name">Label, for messages and reports.</param>
/// <param name="Load">Gives its pixels; may be called many times, from any thread.</param>
public sealed record PixelImage(string Name, Func<CancellationToken, ValueTask<DecodedImage>> Load) : DatasetImage(Name);
