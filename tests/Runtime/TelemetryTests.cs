using System.Runtime.InteropServices;
using Pellucid.Graphs;

namespace Pellucid.Runtime.Tests;

public partial class TelemetryTests
{
    [Fact]
    public async Task Nothing_is_reported_to_the_makers_of_the_library()
    {
        using OrtGraphRunner runner = new(new RuntimeOptions { Device = "cpu" });
        await runner.RunAsync(TestGraphs.Scale(2), TestGraphs.X(HostTensor.Of([1f, -2f, 3f], 1, 3)), TestContext.Current.CancellationToken);

        if (OperatingSystem.IsWindows()) return;
        Assert.Equal("1", Marshal.PtrToStringUTF8(GetEnvironment("ORT_DISABLE_TELEMETRY")));
        Assert.False(File.Exists(Path.Combine("/tmp", $"mat-debug-{Environment.ProcessId}.log")), "the reporter's log is there, so it runs");
    }

    [LibraryImport("libc", EntryPoint = "getenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint GetEnvironment(string name);
}
