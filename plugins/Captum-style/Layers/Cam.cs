namespace Pellucid.Plugins.CaptumStyle.Layers;

/// <summary>A class activation map before rectification.</summary>
/// <param name="Raw">[h * w].</param>
/// <param name="Weights">Weight of each channel; null where each element has its own.</param>
internal sealed record Cam(float[] Raw, float[]? Weights);
