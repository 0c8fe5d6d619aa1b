namespace Pellucid.Host.Options;

/// <summary>An explainer with options: <c>grad-eclip(layers=2)</c>.</summary>
/// <param name="Name">Id of the explainer.</param>
/// <param name="Arguments">Options in the order they were written.</param>
/// <param name="Start">Index of the name.</param>
/// <param name="Length">Number of characters, parentheses included.</param>
public sealed record SpecCall(SpecWord Name, IReadOnlyList<SpecArgument> Arguments, int Start, int Length) : SpecValue(Start, Length);
