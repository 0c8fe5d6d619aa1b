using Pellucid.Graphs;

namespace Pellucid.Abstractions.Models;

/// <summary>
/// An encoder with targets behind it. Outputs: the embedding of the explained side, <see cref="EncoderNames.Scores"/> [K] and
/// <see cref="EncoderNames.Cotangents"/> [K, E], the gradient of each score by that embedding. To get the gradient
/// of all K scores by anything inside the encoder, take the vector-Jacobian product of the embedding with the cotangents.
/// </summary>
/// <param name="Graph">The graph.</param>
/// <param name="Input">Name of its encoder input: pixels or token ids.</param>
/// <param name="Embedding">Name of its embedding output.</param>
/// <param name="TargetInputs">Tensors for all its other inputs.</param>
public sealed record TargetGraph(Graph Graph, string Input, string Embedding, IReadOnlyDictionary<string, HostTensor> TargetInputs)
{
    /// <summary>All inputs of the graph for an encoder input.</summary>
    public IReadOnlyDictionary<string, HostTensor> Feed(HostTensor encoderInput) =>
        new Dictionary<string, HostTensor>(TargetInputs, StringComparer.Ordinal) { [Input] = encoderInput };
}
