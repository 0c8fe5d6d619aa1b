namespace Pellucid.Graphs;

/// <summary>An output of a graph.</summary>
/// <param name="Name">What a run returns it under.</param>
/// <param name="Value">The value it stands for.</param>
public sealed record GraphOutput(string Name, string Value);
