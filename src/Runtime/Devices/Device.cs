using System.Globalization;
using Pellucid.Abstractions.Execution;

namespace Pellucid.Runtime.Devices;

/// <summary>
/// The device that was chosen, with all that a result may depend on: recorded as provenance, because equal bytes are
/// promised only for equal device, version and thread count.
/// </summary>
/// <param name="Kind">Which device.</param>
/// <param name="Detail">Model of the processor or GPU as far as known.</param>
/// <param name="RuntimeVersion">Version of ONNX Runtime, for example <c>1.29.0</c>.</param>
/// <param name="Threads">Threads that one operator may use on the processor, at least 1.</param>
public sealed record Device(DeviceKind Kind, string Detail, string RuntimeVersion, int Threads)
{
    /// <summary>The name by which the device is chosen: <c>cpu</c>, <c>cuda</c>, <c>tensorrt</c> or <c>webgpu</c>.</summary>
    public string Name => NameOf(Kind);

    /// <summary>The facts for a provenance record.</summary>
    public ExecutionEnvironment ToEnvironment() => new(Name, Detail, $"onnxruntime {RuntimeVersion}", Threads);

    /// <summary>For example <c>cpu, 2 threads, ONNX Runtime 1.29.0</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}, {Threads} {(Threads == 1 ? "thread" : "threads")}, ONNX Runtime {RuntimeVersion}");

    internal static string NameOf(DeviceKind kind) => kind switch
    {
        DeviceKind.Cpu => "cpu",
        DeviceKind.Cuda => "cuda",
        DeviceKind.TensorRt => "tensorrt",
        DeviceKind.WebGpu => "webgpu",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such device"),
    };
}
