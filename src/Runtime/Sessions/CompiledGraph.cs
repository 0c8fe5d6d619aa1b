using Microsoft.ML.OnnxRuntime;
using Pellucid.Graphs;
using Pellucid.Graphs.Onnx;
using Pellucid.Graphs.Rewrites;
using Pellucid.Runtime.Devices;

namespace Pellucid.Runtime.Sessions;

/// <summary>A graph that is ready to run: an ONNX Runtime session over weights that stay mapped from their files.</summary>
internal sealed class CompiledGraph : Leased
{
    private readonly InferenceSession _session;
    private readonly string _name;
    private readonly string[] _outputs;
    private readonly HashSet<string> _batched;
    private readonly bool _onProcessor;

    /// <exception cref="PellucidException">ONNX Runtime refuses the graph, or a weight file cannot be mapped.</exception>
    public CompiledGraph(Graph graph, Device device, RuntimeOptions options)
    {
        _name = graph.Name;
        _outputs = [.. graph.Outputs.Select(o => o.Name)];
        _batched = new(graph.Inputs.Where(i => i.Type.Shape is { Rank: > 0 } shape && shape[0] == TensorShape.Dynamic).Select(i => i.Name), StringComparer.Ordinal);
        _onProcessor = device.Kind == DeviceKind.Cpu;
        OnnxModel model = OnnxExport.ForRuntime(device.Kind == DeviceKind.Cpu ? graph.PrepareForRuntime() : graph);
        try
        {
            using SessionOptions settings = SessionSettings.Create(device, options, model.ExternalDataFolder);
            _session = new InferenceSession(model.Bytes, settings);
        }
        catch (OnnxRuntimeException e)
        {
            throw new PellucidException($"graph '{_name}' cannot be prepared for device '{device.Name}': {e.Message}", e);
        }
    }

    /// <summary>Runs once. Blocks; the caller disposes of the values.</summary>
    /// <param name="names">Names of the inputs.</param>
    /// <param name="values">Values of the inputs, in the same order.</param>
    /// <param name="cancellationToken">Ends the run after the operator in progress.</param>
    /// <returns>The outputs in the graph's order.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    /// <exception cref="PellucidException">The run fails.</exception>
    public IDisposableReadOnlyCollection<OrtValue> Run(IReadOnlyCollection<string> names, IReadOnlyCollection<OrtValue> values, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var run = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

        // One image's memory is kept for the next: asking the system for it again each time costs a gradient of ViT-B/16 a
        // tenth of its time, in page faults. That of many images goes back at once, and with it what earlier runs left.
        bool giveBack = _onProcessor && names.Zip(values).Any(p => _batched.Contains(p.First) && p.Second.GetTensorTypeAndShape().Shape[0] > 1);
        if (giveBack) run.AddRunConfigEntry("memory.enable_memory_arena_shrinkage", "cpu:0");
        using CancellationTokenRegistration stop = cancellationToken.UnsafeRegister(static state => ((RunOptions)state!).Terminate = true, run);
        try
        {
            return _session.Run(run, names, values, _outputs);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (OnnxRuntimeException e) when (e.Message.Contains("Failed to allocate", StringComparison.Ordinal) || e.Message.Contains("bad_alloc", StringComparison.Ordinal))
        {
            throw new PellucidException($"running graph '{_name}' takes more memory than there is; use a smaller batch: {e.Message}", e);
        }
        catch (OnnxRuntimeException e)
        {
            throw new PellucidException($"running graph '{_name}' failed: {e.Message}", e);
        }
        finally
        {
            if (giveBack) NativeHeap.Trim();
        }
    }

    /// <inheritdoc/>
    protected override void Release() => _session.Dispose();
}
