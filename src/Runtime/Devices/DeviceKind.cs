namespace Pellucid.Runtime.Devices;

/// <summary>Where graphs run.</summary>
public enum DeviceKind
{
    /// <summary>The processor. Always there.</summary>
    Cpu = 0,

    /// <summary>An NVIDIA GPU through ONNX Runtime's CUDA provider.</summary>
    Cuda = 1,

    /// <summary>An NVIDIA GPU through TensorRT, which compiles each graph before its first run.</summary>
    TensorRt = 2,

    /// <summary>Any GPU through WebGPU (Vulkan, Direct3D 12 or Metal).</summary>
    WebGpu = 3,
}
