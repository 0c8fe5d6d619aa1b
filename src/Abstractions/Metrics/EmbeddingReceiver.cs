namespace Pellucid.Abstractions.Metrics;

/// <summary>Takes an embedding, [E], un-normalized. The memory is reused after the call.</summary>
public delegate void EmbeddingReceiver(ReadOnlySpan<float> embedding);
