using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;

namespace Pellucid.Host;

/// <summary>
/// Stands for the runner in plugins' services until a graph is run: a model adapter can be made, and asked whether it
/// knows a folder, without starting an engine. Disposing the real runner stays with its owner.
/// </summary>
internal sealed class DeferredGraphRunner : IGraphRunner
{
    private readonly Lazy<IGraphRunner> _runner;

    public DeferredGraphRunner(Lazy<IGraphRunner> runner) => _runner = runner;

    public ExecutionEnvironment Environment => _runner.Value.Environment;

    public Task<IReadOnlyDictionary<string, HostTensor>> RunAsync(
        Graph graph, IReadOnlyDictionary<string, HostTensor> inputs, CancellationToken cancellationToken = default) =>
        _runner.Value.RunAsync(graph, inputs, cancellationToken);

    public Task<IForwardPass> ForwardAsync(
        Graph forward, Graph backward, IReadOnlyDictionary<string, HostTensor> inputs, CancellationToken cancellationToken = default) =>
        _runner.Value.ForwardAsync(forward, backward, inputs, cancellationToken);
}
