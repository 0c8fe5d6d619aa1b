namespace Pellucid.Host.Options;

/// <summary>A list in brackets.</summary>
/// <param name="Items">Its items.</param>
/// <param name="Start">Index of the opening bracket.</param>
/// <param name="Length">Number of characters, brackets included.</param>
public sealed record SpecList(IReadOnlyList<SpecValue> Items, int Start, int Length) : SpecValue(Start, Length);
