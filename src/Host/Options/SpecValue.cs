namespace Pellucid.Host.Options;

/// <summary>A value in an explainer specification, with its place in the text.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Number of its characters.</param>
public abstract record SpecValue(int Start, int Length);
