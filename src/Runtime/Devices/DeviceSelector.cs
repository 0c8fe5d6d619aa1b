using Pellucid.Graphs;
using Pellucid.Runtime.Sessions;

namespace Pellucid.Runtime.Devices;

/// <summary>
/// Turns what the user asked for (<c>cpu</c>, <c>cuda</c>, <c>tensorrt</c>, <c>webgpu</c>, <c>auto</c>) into a device that works,
/// or says exactly what is missing. It never falls back from a device that was asked for by name.
/// </summary>
public static class DeviceSelector
{
    /// <summary>What the user may ask for.</summary>
    public static IReadOnlyList<string> Choices { get; } = ["auto", "cpu", "cuda", "tensorrt", "webgpu"];

    /// <summary>Finds the device.</summary>
    /// <param name="choice">
    /// One of <see cref="Choices"/>, in any case. <c>auto</c> takes CUDA where everything for it is there, else the processor:
    /// TensorRT compiles every graph for minutes and WebGPU may be a software renderer, so both must be asked for.
    /// </param>
    /// <param name="threads">Threads for one operator on the processor; null for one a core.</param>
    /// <exception cref="PellucidException">The choice is unknown, the thread count is below 1, or something for the device is missing.</exception>
    public static Device Select(string choice, int? threads = null) => Select(choice, threads, new Machine());

    internal static Device Select(string choice, int? threads, IMachine machine)
    {
        if (threads is < 1) throw new PellucidException($"threads is {threads}: give at least 1, or leave it out for one a core");
        int count = threads ?? Environment.ProcessorCount;
        OrtEnvironment.Prepare(count);
        Device Of(DeviceKind kind) => new(kind, kind == DeviceKind.Cpu ? ProcessorName.Describe() : machine.GpuName(kind), OrtEnvironment.Version, count);

        switch (choice.Trim().ToLowerInvariant())
        {
            case "auto":
                return Of(DeviceRequirements.FirstMissing(DeviceKind.Cuda, machine) is null ? DeviceKind.Cuda : DeviceKind.Cpu);
            case "cpu":
                return Of(DeviceKind.Cpu);
            case "cuda":
                return Of(Checked(DeviceKind.Cuda, machine));
            case "tensorrt":
                return Of(Checked(DeviceKind.TensorRt, machine));
            case "webgpu":
                return Of(Checked(DeviceKind.WebGpu, machine));
            default:
                throw new PellucidException($"there is no device '{choice}'; choose one of {string.Join(", ", Choices)}");
        }
    }

    private static DeviceKind Checked(DeviceKind kind, IMachine machine) =>
        DeviceRequirements.FirstMissing(kind, machine) is { } missing
            ? throw new PellucidException($"device '{Device.NameOf(kind)}' cannot be used: {missing}. Device 'auto' or 'cpu' works without it.")
            : kind;
}
