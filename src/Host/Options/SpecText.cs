namespace Pellucid.Host.Options;

/// <summary>A quoted text.</summary>
/// <param name="Text">The text without quotes and escapes.</param>
/// <param name="Start">Index of the opening quote.</param>
/// <param name="Length">Number of characters, quotes included.</param>
public sealed record SpecText(string Text, int Start, int Length) : SpecValue(Start, Length);
