using System.Collections.Immutable;

namespace Pellucid.Graphs.Rewrites;

/// <summary>A differentiated graph in two: one forward run serves many backward runs.</summary>
/// <param name="Forward">The original inputs to the original outputs and the <paramref name="Saved"/> activations.</param>
/// <param name="Backward">The cotangent, the saved activations and the original inputs that the gradients read, to the gradients.</param>
/// <param name="Saved">
/// Names, each an output of the forward and an input of the backward graph. Feed them on as they are; their batch may be 1
/// while the cotangent's is K.
/// </param>
public sealed record ForwardBackward(Graph Forward, Graph Backward, ImmutableArray<string> Saved);
