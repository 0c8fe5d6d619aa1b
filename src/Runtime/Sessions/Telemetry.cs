using System.Runtime.InteropServices;

namespace Pellucid.Runtime.Sessions;

/// <summary>
/// ONNX Runtime's published libraries report events to their maker, from 1.29 on Linux and macOS too: device, command line and
/// session facts go to a server, a cache and an identifier into the user's folder, a log into the temporary folder. What a
/// program is asked about an image is nobody's business, so all of it is off, without a way to switch it on.
/// </summary>
internal static partial class Telemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>Must be called before the environment is made: the library looks once.</summary>
    public static void Prevent()
    {
        // Environment.SetEnvironmentVariable changes only what managed code sees, the library asks the C library. On Windows it
        // asks nobody; there the environment has a switch.
        if (!OperatingSystem.IsWindows()) _ = SetEnvironment(Variable, "1", overwrite: 1);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
