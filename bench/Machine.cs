using System.Globalization;
using System.Runtime.InteropServices;
using Pellucid.Runtime;

namespace Pellucid.Bench;

/// <summary>What the figures were taken on.</summary>
internal sealed record Machine(string Processor, double MemoryGigabytes, string System, string DotNet, string OnnxRuntime, int Threads)
{
    public static Machine Describe(int threads)
    {
        using var runner = new OrtGraphRunner(new RuntimeOptions { Device = "cpu", Threads = threads });
        return new Machine(
            runner.Device.Detail,
            Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9, 1),
            $"{RuntimeInformation.OSDescription}, {RuntimeInformation.OSArchitecture}",
            RuntimeInformation.FrameworkDescription,
            runner.Device.RuntimeVersion,
            threads);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Processor}, {MemoryGigabytes:0.0} GB; {System}; {DotNet}; ONNX Runtime {OnnxRuntime}, {Threads} threads");
}
