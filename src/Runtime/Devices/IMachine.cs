namespace Pellucid.Runtime.Devices;

/// <summary>What the machine offers, so that the messages about missing parts can be tested without a GPU.</summary>
internal interface IMachine
{
    /// <summary>Whether the system is Windows, where libraries have other names.</summary>
    bool IsWindows { get; }

    /// <summary>Providers compiled into ONNX Runtime.</summary>
    IReadOnlyList<string> Providers { get; }

    /// <summary>Whether the file lies beside the program.</summary>
    bool IsBesideProgram(string file);

    /// <summary>Whether the system's loader finds and loads the library.</summary>
    bool CanLoad(string library);

    /// <summary>Number of CUDA devices that the driver sees; negative where the driver refuses to start.</summary>
    int CudaDeviceCount();

    /// <summary>What the GPU behind a device calls itself, as far as that can be found out.</summary>
    string GpuName(DeviceKind kind);

    /// <summary>Opens a session on the device for a graph of one operator; null where that works, else what went wrong.</summary>
    string? TrialError(DeviceKind kind);
}
