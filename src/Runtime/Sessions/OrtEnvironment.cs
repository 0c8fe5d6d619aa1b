using Microsoft.ML.OnnxRuntime;
using Pellucid.Graphs;

namespace Pellucid.Runtime.Sessions;

/// <summary>
/// The one environment that ONNX Runtime has in a process: quiet, with one arena and one thread pool that all sessions
/// share, so that many compiled graphs cost neither memory nor threads while they wait.
/// </summary>
internal static class OrtEnvironment
{
    private static readonly Lock Gate = new();
    private static OrtEnv? _environment;

    /// <summary>The environment; made at first use.</summary>
    /// <exception cref="PellucidException">The native library cannot be loaded.</exception>
    public static OrtEnv Instance => Prepare(Environment.ProcessorCount);

    /// <summary>Version of ONNX Runtime.</summary>
    public static string Version => Instance.GetVersionString();

    /// <summary>Threads of the shared pool; sessions that want another number have a pool of their own.</summary>
    public static int SharedThreads { get; private set; }

    /// <summary>Makes the environment with so many threads in the shared pool, unless it has been made before.</summary>
    /// <exception cref="PellucidException">The native library cannot be loaded.</exception>
    public static OrtEnv Prepare(int threads)
    {
        lock (Gate) return _environment ??= Create(threads);
    }

    private static OrtEnv Create(int threads)
    {
        try
        {
            using var pool = new OrtThreadingOptions { GlobalIntraOpNumThreads = threads, GlobalInterOpNumThreads = 1, GlobalSpinControl = false };
            SharedThreads = threads;

            // Errors reach the caller as exceptions with the same text; the native log would print them a second time.
            var options = new EnvironmentCreationOptions { logId = "pellucid", threadOptions = pool, logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            Telemetry.Prevent();
            OrtEnv environment = OrtEnv.CreateInstanceWithOptions(ref options);
            environment.DisableTelemetryEvents();

            // It grows by what is asked for rather than by powers of two (strategy 1), and sets no limit (0); -1 keeps the
            // library's other defaults.
            using var memory = new OrtMemoryInfo(OrtMemoryInfo.allocatorCPU, OrtAllocatorType.ArenaAllocator, 0, OrtMemType.Default);
            using var arena = new OrtArenaCfg(0, 1, -1, -1);
            environment.CreateAndRegisterAllocator(memory, arena);
            return environment;
        }
        catch (TypeInitializationException e) when (e.InnerException is DllNotFoundException or EntryPointNotFoundException or BadImageFormatException)
        {
            throw new PellucidException(
                "the native library of ONNX Runtime (libonnxruntime.so, onnxruntime.dll or libonnxruntime.dylib) is not beside the program or does not fit this machine; build again, or set -p:NativeRid to this platform", e);
        }
    }
}
