using System.Globalization;
using System.Runtime.InteropServices;

namespace Pellucid.Runtime.Devices;

/// <summary>What the processor calls itself.</summary>
internal static class ProcessorName
{
    /// <summary>The model name as far as the system tells it, else the architecture; always with the number of cores.</summary>
    public static string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{Model() ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores");

    private static string? Model()
    {
        const string CpuInfo = "/proc/cpuinfo";
        if (File.Exists(CpuInfo))
        {
            string? line = File.ReadLines(CpuInfo).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
            return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        }

        return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
    }
}
