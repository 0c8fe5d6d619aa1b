using Pellucid.Graphs;

namespace Pellucid.Abstractions.Execution;

/// <summary>
/// Runs graphs. Compiles each once (cached by structure), shares weights among all graphs over the same files.
/// Safe for concurrent use.
/// </summary>
public interface IGraphRunner
{
    /// <summary>What it runs on, for provenance.</summary>
    ExecutionEnvironment Environment { get; }

    /// <summary>Runs a graph once.</summary>
    /// <param name="graph">What to run.</param>
    /// <param name="inputs">A tensor for each input of the graph, of its type.</param>
    /// <param name="cancellationToken">Stops the run within one operator.</param>
    /// <returns>A tensor for each output of the graph, by output name.</returns>
    /// <exception cref="PellucidException">An input is missing or does not fit, or the run fails.</exception>
    Task<IReadOnlyDictionary<string, HostTensor>> RunAsync(
        Graph graph, IReadOnlyDictionary<string, HostTensor> inputs, CancellationToken cancellationToken = default);

    /// <summary>
    /// Runs the forward half of a differentiated graph and keeps its activations where they are, so that any number
    /// of cotangents can be sent back through it.
    /// </summary>
    /// <param name="forward">Graph that computes the outputs and the saved activations.</param>
    /// <param name="backward">Graph whose inputs are saved activations of <paramref name="forward"/> and one cotangent input.</param>
    /// <param name="inputs">Inputs of the forward graph.</param>
    /// <param name="cancellationToken">Stops the run within one operator.</param>
    /// <exception cref="PellucidException">An input is missing or does not fit, or the run fails.</exception>
    Task<IForwardPass> ForwardAsync(
        Graph forward, Graph backward, IReadOnlyDictionary<string, HostTensor> inputs, CancellationToken cancellationToken = default);
}
