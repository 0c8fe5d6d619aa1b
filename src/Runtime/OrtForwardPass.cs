using Microsoft.ML.OnnxRuntime;
using Pellucid.Abstractions.Execution;
using Pellucid.Graphs;
using Pellucid.Runtime.Sessions;

namespace Pellucid.Runtime;

/// <summary>
/// A forward run whose saved activations stay where ONNX Runtime put them and are fed to the backward session as they
/// are. Several backward runs may go on at once; disposing of the pass waits for none of them.
/// </summary>
internal sealed class OrtForwardPass : Leased, IForwardPass
{
    private readonly Graph _backward;
    private readonly CompiledGraph _compiledForward;
    private readonly CompiledGraph _compiledBackward;
    private readonly IDisposable _inputs;
    private readonly IDisposable _values;
    private readonly Dictionary<string, OrtValue> _saved;
    private readonly Value _cotangent;

    /// <summary>Takes over both compiled graphs (entered), the forward inputs and all values of the forward run.</summary>
    public OrtForwardPass(
        Graph backward,
        CompiledGraph compiledForward,
        CompiledGraph compiledBackward,
        FedInputs inputs,
        IDisposable values,
        Dictionary<string, OrtValue> saved,
        Value cotangent,
        IReadOnlyDictionary<string, HostTensor> outputs)
    {
        _backward = backward;
        _compiledForward = compiledForward;
        _compiledBackward = compiledBackward;
        _inputs = inputs;
        _values = values;
        _saved = saved;
        _cotangent = cotangent;
        Outputs = outputs;
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, HostTensor> Outputs { get; }

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, HostTensor>> BackwardAsync(HostTensor cotangents, CancellationToken cancellationToken = default) =>
        Task.Run(() => Backward(cotangents, cancellationToken), cancellationToken);

    /// <inheritdoc/>
    protected override void Release()
    {
        _values.Dispose();
        _inputs.Dispose();
        _compiledForward.Exit();
        _compiledBackward.Exit();
    }

    private IReadOnlyDictionary<string, HostTensor> Backward(HostTensor cotangents, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(!TryEnter(), this);
        try
        {
            using var inputs = new FedInputs();
            foreach ((string name, OrtValue value) in _saved) inputs.Feed(name, value);
            inputs.Feed(_backward, _cotangent, cotangents);
            using IDisposableReadOnlyCollection<OrtValue> outputs = _compiledBackward.Run(inputs.Names, inputs.Values, cancellationToken);
            return OrtGraphRunner.CopyOutputs(_backward, outputs);
        }
        finally
        {
            Exit();
        }
    }
}
