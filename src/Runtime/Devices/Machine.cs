using System.Runtime.InteropServices;
using Pellucid.Graphs;
using Pellucid.Runtime.Sessions;

namespace Pellucid.Runtime.Devices;

/// <summary>The machine this program runs on.</summary>
internal sealed unsafe class Machine : IMachine
{
    private const int NoDevice = 100; // CUDA_ERROR_NO_DEVICE

    public bool IsWindows => OperatingSystem.IsWindows();

    public IReadOnlyList<string> Providers => OrtEnvironment.Instance.GetAvailableProviders();

    public bool IsBesideProgram(string file) => File.Exists(Path.Combine(AppContext.BaseDirectory, file));

    public bool CanLoad(string library) => NativeLibrary.TryLoad(library, out _);

    public int CudaDeviceCount()
    {
        int status = Initialize(out nint driver);
        if (status == NoDevice) return 0;
        int count = 0;
        return status == 0
            && NativeLibrary.TryGetExport(driver, "cuDeviceGetCount", out nint getCount)
            && ((delegate* unmanaged<int*, int>)getCount)(&count) == 0 ? count : -1;
    }

    public string GpuName(DeviceKind kind)
    {
        if (kind == DeviceKind.WebGpu || Initialize(out nint driver) != 0 || !NativeLibrary.TryGetExport(driver, "cuDeviceGetName", out nint getName)) return "GPU";
        byte* name = stackalloc byte[256];
        return ((delegate* unmanaged<byte*, int, int, int>)getName)(name, 256, 0) == 0 ? Marshal.PtrToStringUTF8((nint)name) ?? "GPU" : "GPU";
    }

    public string? TrialError(DeviceKind kind)
    {
        var graph = new GraphBuilder("trial");
        Value x = graph.Input("x", TensorType.Float(1));
        graph.Output("y", graph.Emit("Abs", [x]));
        try
        {
            new CompiledGraph(graph.Build(), new Device(kind, string.Empty, OrtEnvironment.Version, 1), new RuntimeOptions()).Dispose();
            return null;
        }
        catch (Exception e) when (e is PellucidException or DllNotFoundException or EntryPointNotFoundException or NotSupportedException)
        {
            return e.Message;
        }
    }

    private int Initialize(out nint driver) =>
        NativeLibrary.TryLoad(IsWindows ? "nvcuda.dll" : "libcuda.so.1", out driver) && NativeLibrary.TryGetExport(driver, "cuInit", out nint initialize)
            ? ((delegate* unmanaged<uint, int>)initialize)(0)
            : -1;
}
