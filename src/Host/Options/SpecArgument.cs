namespace Pellucid.Host.Options;

/// <summary>One <c>name=value</c>.</summary>
/// <param name="Name">Name as it was written.</param>
/// <param name="Value">Its value.</param>
public sealed record SpecArgument(SpecWord Name, SpecValue Value);
