using System.Diagnostics;
using System.Globalization;

namespace Pellucid.Bench;

/// <summary>Memory of this process, as Linux counts it.</summary>
internal static class ProcessMemory
{
    public static bool CanTell => OperatingSystem.IsLinux();

    /// <summary>Largest resident size so far, mapped weights included.</summary>
    public static long Peak() => Field("/proc/self/status", "VmHWM:");

    /// <summary>Resident memory that is no mapped file.</summary>
    public static long Anonymous() => Field("/proc/self/smaps_rollup", "Anonymous:");

    private static long Field(string file, string name)
    {
        string line = File.ReadLines(file).First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
