using Microsoft.ML.OnnxRuntime;
using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;
using Pellucid.Runtime.Devices;
using Pellucid.Runtime.Sessions;

namespace Pellucid.Runtime;

/// <summary>
/// Runs graphs on ONNX Runtime. Each graph is compiled once and kept (the <see cref="RuntimeOptions.CompiledGraphs"/> used
/// last); weights stay mapped from their files, so that all graphs over a checkpoint share one copy that the system may
/// page out. Safe for concurrent use; runs that are under way when it is disposed of come to their end.
/// </summary>
public sealed class OrtGraphRunner : IGraphRunner, IDisposable
{
    private readonly CompiledGraphCache _graphs;

    /// <summary>Chooses the device and makes the runner.</summary>
    /// <param name="options">Device, threads and memory; null for the defaults.</param>
    /// <exception cref="PellucidException">The device cannot be used; the message says what is missing.</exception>
    public OrtGraphRunner(RuntimeOptions? options = null)
    {
        RuntimeOptions chosen = options ?? new RuntimeOptions();
        Device = DeviceSelector.Select(chosen.Device, chosen.Threads);
        Environment = Device.ToEnvironment();
        _graphs = new CompiledGraphCache(chosen.CompiledGraphs, graph => new CompiledGraph(graph, Device, chosen));
    }

    /// <summary>The device that was chosen.</summary>
    public Device Device { get; }

    /// <inheritdoc/>
    public ExecutionEnvironment Environment { get; }

    /// <summary>Number of compiled graphs that are kept at the moment.</summary>
    public int CompiledGraphCount => _graphs.Count;

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The runner has been disposed of.</exception>
    public Task<IReadOnlyDictionary<string, HostTensor>> RunAsync(
        Graph graph, IReadOnlyDictionary<string, HostTensor> inputs, CancellationToken cancellationToken = default) =>
        Task.Run(() => Run(graph, inputs, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    /// <remarks>
    /// An input of <paramref name="backward"/> is a saved activation where an output of <paramref name="forward"/> has its
    /// name, else an input of <paramref name="forward"/> of that name; the one that is left takes the cotangents.
    /// </remarks>
    /// <exception cref="ObjectDisposedException">The runner has been disposed of.</exception>
    public Task<IForwardPass> ForwardAsync(
        Graph forward, Graph backward, IReadOnlyDictionary<string, HostTensor> inputs, CancellationToken cancellationToken = default) =>
        Task.Run(() => Forward(forward, backward, inputs, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _graphs.Dispose();

    internal static IReadOnlyDictionary<string, HostTensor> CopyOutputs(Graph graph, IReadOnlyList<OrtValue> values)
    {
        var tensors = new Dictionary<string, HostTensor>(StringComparer.Ordinal);
        for (int i = 0; i < graph.Outputs.Length; i++) tensors[graph.Outputs[i].Name] = PinnedTensor.Copy(graph.Outputs[i].Name, values[i]);
        return tensors;
    }

    private static Value CotangentInput(Graph forward, Graph backward)
    {
        var known = new HashSet<string>(forward.Outputs.Select(o => o.Name).Concat(forward.Inputs.Select(i => i.Name)), StringComparer.Ordinal);
        Value[] open = [.. backward.Inputs.Where(i => !known.Contains(i.Name))];
        return open.Length == 1
            ? open[0]
            : throw new PellucidException(
                $"graph '{backward.Name}' must have exactly one input that graph '{forward.Name}' does not provide, for the cotangents; it has {open.Length}{(open.Length == 0 ? string.Empty : ": " + string.Join(", ", open.Select(i => i.Name)))}");
    }

    private IReadOnlyDictionary<string, HostTensor> Run(Graph graph, IReadOnlyDictionary<string, HostTensor> inputs, CancellationToken cancellationToken)
    {
        using FedInputs fed = FedInputs.Of(graph, inputs);
        CompiledGraph compiled = _graphs.Rent(graph);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = compiled.Run(fed.Names, fed.Values, cancellationToken);
            return CopyOutputs(graph, outputs);
        }
        finally
        {
            compiled.Exit();
        }
    }

    private IForwardPass Forward(Graph forward, Graph backward, IReadOnlyDictionary<string, HostTensor> inputs, CancellationToken cancellationToken)
    {
        Value cotangent = CotangentInput(forward, backward);
        var undo = new Stack<Action>();
        try
        {
            FedInputs fed = FedInputs.Of(forward, inputs);
            undo.Push(fed.Dispose);
            CompiledGraph compiledForward = _graphs.Rent(forward);
            undo.Push(compiledForward.Exit);
            CompiledGraph compiledBackward = _graphs.Rent(backward);
            undo.Push(compiledBackward.Exit);
            IDisposableReadOnlyCollection<OrtValue> values = compiledForward.Run(fed.Names, fed.Values, cancellationToken);
            undo.Push(values.Dispose);

            var made = new Dictionary<string, OrtValue>(StringComparer.Ordinal);
            foreach ((string name, OrtValue value) in fed.Names.Zip(fed.Values)) made[name] = value;
            for (int i = 0; i < values.Count; i++) made[forward.Outputs[i].Name] = values[i];
            var saved = backward.Inputs.Where(i => made.ContainsKey(i.Name)).ToDictionary(i => i.Name, i => made[i.Name], StringComparer.Ordinal);
            var outputs = new Dictionary<string, HostTensor>(StringComparer.Ordinal);
            for (int i = 0; i < values.Count; i++)
            {
                string name = forward.Outputs[i].Name;
                if (!saved.ContainsKey(name)) outputs[name] = PinnedTensor.Copy(name, values[i]);
            }

            return new OrtForwardPass(backward, compiledForward, compiledBackward, fed, values, saved, cotangent, outputs);
        }
        catch
        {
            foreach (Action action in undo) action();
            throw;
        }
    }
}
