namespace Pellucid.Graphs.Differentiation;

/// <summary>A differentiated graph in two parts: the forward part runs once, the backward part once a chunk of cotangents.</summary>
/// <param name="Forward">All that does not depend on the cotangent; its outputs <c>saved.VALUE</c> are the activations that <paramref name="Backward"/> reads.</param>
/// <param name="Backward">All that depends on the cotangent: inputs <c>saved.VALUE</c>, inputs of the whole graph, and the cotangent.</param>
public sealed record GraphHalves(Graph Forward, Graph Backward);
