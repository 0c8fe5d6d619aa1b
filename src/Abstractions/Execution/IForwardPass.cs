using Pellucid.Graphs;

namespace Pellucid.Abstractions.Execution;

/// <summary>A forward run whose activations are kept for backward runs. Dispose it to free them.</summary>
public interface IForwardPass : IDisposable
{
    /// <summary>The forward graph's outputs that the backward graph does not take as inputs.</summary>
    IReadOnlyDictionary<string, HostTensor> Outputs { get; }

    /// <summary>Runs the backward graph once.</summary>
    /// <param name="cotangents">[K, ...]: K cotangents at once; memory grows with K, so deep graphs go in chunks of about 4.</param>
    /// <param name="cancellationToken">Stops the run within one operator.</param>
    /// <returns>The backward graph's outputs, each with leading dimension K.</returns>
    Task<IReadOnlyDictionary<string, HostTensor>> BackwardAsync(HostTensor cotangents, CancellationToken cancellationToken = default);
}
