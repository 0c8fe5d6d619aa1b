namespace Pellucid.Plugins.Metrics.Retrieval;

/// <summary>A query against a gallery.</summary>
/// <param name="Vector">Its embedding, of length 1.</param>
/// <param name="Wanted">Places of what it looks for; at least one.</param>
/// <param name="LeftOut">Places of what counts neither way.</param>
/// <param name="Own">The wanted place that has another embedding for this query; -1 for none.</param>
/// <param name="OwnVector">That embedding.</param>
internal sealed record RetrievalQuery(ReadOnlyMemory<float> Vector, IReadOnlyList<int> Wanted, IReadOnlyList<int> LeftOut, int Own = -1, ReadOnlyMemory<float> OwnVector = default);
