using Pellucid.Abstractions.Explanations;
using Pellucid.Graphs;

namespace Pellucid.Abstractions.Heads;

/// <summary>A small network on the un-normalized image embedding. Safe for concurrent use.</summary>
public interface IEmbeddingHead
{
    /// <summary>Name for messages and reports.</summary>
    string Name { get; }

    /// <summary>What its outputs are.</summary>
    HeadKind Kind { get; }

    /// <summary>E: dimensions of the embeddings that it reads.</summary>
    int Width { get; }

    /// <summary>Names of its outputs, in order.</summary>
    IReadOnlyList<string> Outputs { get; }

    /// <summary>SHA-256 (hex) of all that decides its numbers.</summary>
    string ContentHash { get; }

    /// <summary>SHA-256 (hex) of the model whose embeddings it was fitted on; null where that is not known.</summary>
    string? ModelHash { get; }

    /// <summary>Appends it to a graph.</summary>
    /// <param name="g">Graph under construction.</param>
    /// <param name="embeds">[B, E] un-normalized.</param>
    /// <returns>[B, outputs].</returns>
    Value Append(GraphBuilder g, Value embeds);

    /// <summary>Its outputs for embeddings: [B, E] to [B, outputs].</summary>
    Task<HostTensor> EvaluateAsync(HostTensor embeds, CancellationToken cancellationToken = default);

    /// <summary>Weights of an output where the head is linear; else null.</summary>
    LinearForm? Linear(int output);
}
