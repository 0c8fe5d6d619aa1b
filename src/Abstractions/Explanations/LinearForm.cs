namespace Pellucid.Abstractions.Explanations;

/// <summary>A target as an affine function of the un-normalized image embedding I: &lt;w, I&gt; + b.</summary>
/// <param name="Weights">w, [E].</param>
/// <param name="Offset">b; attributions that rest on differences or gradients do not depend on it.</param>
public sealed record LinearForm(float[] Weights, double Offset = 0);
