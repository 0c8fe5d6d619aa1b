namespace Pellucid.Runtime.Devices;

/// <summary>What each device needs, checked in the order in which a user would install it.</summary>
internal static class DeviceRequirements
{
    /// <summary>The first thing that is missing and what to do about it, or null where nothing is.</summary>
    public static string? FirstMissing(DeviceKind kind, IMachine machine) => kind switch
    {
        DeviceKind.Cpu => null,
        DeviceKind.Cuda => Provider(kind, "CUDAExecutionProvider", machine) ?? Cuda(machine) ?? Trial(kind, machine),
        DeviceKind.TensorRt => Provider(kind, "TensorrtExecutionProvider", machine) ?? Cuda(machine) ?? TensorRt(machine) ?? Trial(kind, machine),
        DeviceKind.WebGpu => Provider(kind, "WebGpuExecutionProvider", machine) ?? WebGpu(machine) ?? Trial(kind, machine),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no such device"),
    };

    private static string? Provider(DeviceKind kind, string provider, IMachine machine) =>
        machine.Providers.Contains(provider, StringComparer.Ordinal)
            ? null
            : $"this build of ONNX Runtime has no {Device.NameOf(kind)} provider (it has {string.Join(", ", machine.Providers)})";

    private static string? Cuda(IMachine machine)
    {
        foreach (string part in (string[])["shared", "cuda"])
        {
            string file = ProviderFile(part, machine);
            if (!machine.IsBesideProgram(file))
                return $"the provider library {file} is not beside the program; build with -p:Cuda=true (a 180 MB download) to put it there";
        }

        string driver = machine.IsWindows ? "nvcuda.dll" : "libcuda.so.1";
        if (!machine.CanLoad(driver)) return $"the NVIDIA driver library {driver} cannot be loaded; install the NVIDIA driver (580 or newer, for CUDA 13)";
        int devices = machine.CudaDeviceCount();
        if (devices < 0) return "the NVIDIA driver is installed but refuses to start; see what nvidia-smi says";
        if (devices == 0) return "the NVIDIA driver sees no GPU; see what nvidia-smi says";
        string[] toolkit = machine.IsWindows
            ? ["cudart64_13.dll", "cublasLt64_13.dll", "cublas64_13.dll", "cudnn64_9.dll"]
            : ["libcudart.so.13", "libcublasLt.so.13", "libcublas.so.13", "libcurand.so.10", "libcudnn.so.9"];
        string[] missing = [.. toolkit.Where(library => !machine.CanLoad(library))];
        return missing.Length == 0 ? null : $"cannot load {string.Join(", ", missing)}; install the CUDA 13 runtime and cuDNN 9, and put them on the loader's path";
    }

    private static string? TensorRt(IMachine machine)
    {
        string file = ProviderFile("tensorrt", machine);
        if (!machine.IsBesideProgram(file)) return $"the provider library {file} is not beside the program; build with -p:Cuda=true to put it there";
        string library = machine.IsWindows ? "nvinfer_10.dll" : "libnvinfer.so.10";
        return machine.CanLoad(library) ? null : $"cannot load {library}; install TensorRT 10 and put it on the loader's path";
    }

    private static string? WebGpu(IMachine machine) =>
        machine.IsWindows || OperatingSystem.IsMacOS() || machine.CanLoad("libvulkan.so.1")
            ? null
            : "the Vulkan loader libvulkan.so.1 cannot be loaded; install it together with the GPU's Vulkan driver";

    private static string? Trial(DeviceKind kind, IMachine machine) =>
        machine.TrialError(kind) is { } error ? $"everything is installed, but a trial session failed: {error}" : null;

    private static string ProviderFile(string part, IMachine machine) =>
        machine.IsWindows ? $"onnxruntime_providers_{part}.dll" : $"libonnxruntime_providers_{part}.so";
}
