using System.Diagnostics;
using System.Globalization;

namespace Pellucid.Bench;

/// <summary>Memory of this process, as Linux counts it.</summary>
internal static class ProcessMemory
{
    public static bool CanTell => OperatingSystem.IsLinux();

    /// <summary>Largest resident size so far, mapped weights included.</summary>
    public static long Peak() => Field("/proc/self/status", "VmHWM:");

    /// <summary>The same of another process; 0 where it is gone.</summary>
    public static long PeakOf(int process)
    {
        try
        {
            return Field($"/proc/{process}/status", "VmHWM:");
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            // It ended meanwhile: its files are gone, or say nothing any more.
            return 0;
        }
    }

    /// <summary>Resident memory that is no mapped file.</summary>
    public static long Anonymous() => Field("/proc/self/smaps_rollup", "Anonymous:");

    private static long Field(string file, string name)
    {
        string line = File.ReadLines(file).First(l => l.StartsWith(name, StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }
}
