namespace Pellucid.Modeling.Transformers;

/// <summary>What the shapes of the weights do not tell about a transformer.</summary>
/// <param name="Heads">Attention heads.</param>
/// <param name="Activation">Activation of the feed-forward layers.</param>
/// <param name="LayerNormEpsilon">Epsilon inside the root of every layer norm.</param>
public sealed record TransformerSettings(int Heads, Activation Activation, float LayerNormEpsilon);
