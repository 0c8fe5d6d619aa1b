namespace Pellucid.Host.Options;

/// <summary>A bare word: a number, true or false, a name or an unquoted text, as the option's type decides.</summary>
/// <param name="Text">The word.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Number of its characters.</param>
public sealed record SpecWord(string Text, int Start, int Length) : SpecValue(Start, Length);
