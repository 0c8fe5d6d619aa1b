namespace Pellucid.Plugins.Metrics.Robustness;

/// <summary>An image, changed or not, with what the explainer and the model say of it.</summary>
/// <param name="Pixels">C x H x W values.</param>
/// <param name="Map">The map, scaled as asked.</param>
/// <param name="Logits">Logits of the candidate texts; null where nobody asked.</param>
/// <param name="Representation">What the model makes of the image; null where nobody asked.</param>
internal sealed record ExplainedView(float[] Pixels, float[] Map, double[]? Logits, float[]? Representation);
