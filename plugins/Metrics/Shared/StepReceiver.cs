namespace Pellucid.Plugins.Metrics.Shared;

/// <summary>Takes the embedding of one changed image.</summary>
/// <param name="item">Number of the item in the request.</param>
/// <param name="step">Number of the change.</param>
/// <param name="embedding">[E].</param>
internal delegate void StepReceiver(int item, int step, ReadOnlySpan<float> embedding);
