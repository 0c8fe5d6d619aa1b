namespace Pellucid.Abstractions.Datasets;

/// <summary>An encoded image inside another file, in a format that the host decodes.</summary>
/// <param name="Name">Label, for messages and reports.</param>
/// <param name="Load">Gives its bytes; may be called many times, from any thread.</param>
public sealed record EncodedImage(string Name, Func<CancellationToken, ValueTask<ReadOnlyMemory<byte>>> Load) : DatasetImage(Name);
