using System.Diagnostics;

namespace Pellucid.Bench;

/// <summary>Runs a program to its end.</summary>
internal static class ChildProcess
{
    /// <summary>This program again, with other arguments.</summary>
    public static Task<ChildResult> RunSelfAsync(params string[] arguments) =>
        RunDotNetAsync([Path.Combine(AppContext.BaseDirectory, typeof(ChildProcess).Assembly.GetName().Name + ".dll"), .. arguments]);

    /// <summary>dotnet with these arguments.</summary>
    /// <param name="arguments">The program and what it is asked.</param>
    /// <param name="watchMemory">Whether its largest resident size is wanted (Linux).</param>
    public static async Task<ChildResult> RunDotNetAsync(string[] arguments, bool watchMemory = false)
    {
        var start = new ProcessStartInfo(DotNet()) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} does not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        long peak = watchMemory ? await PeakAsync(process) : 0;
        await process.WaitForExitAsync();
        TimeSpan wall = Stopwatch.GetElapsedTime(begin);
        return new ChildResult(process.ExitCode, await output, await error, wall, peak);
    }

    /// <summary>The system keeps the peak, so that only what comes in the last instant can be missed.</summary>
    private static async Task<long> PeakAsync(Process process)
    {
        long peak = 0;
        while (!process.HasExited)
        {
            peak = Math.Max(peak, ProcessMemory.PeakOf(process.Id));
            await Task.Delay(10);
        }

        return peak;
    }

    /// <summary>The dotnet that runs this, or the one that its path finds.</summary>
    private static string DotNet() =>
        Environment.ProcessPath is { } own && Path.GetFileNameWithoutExtension(own) == "dotnet"
            ? own
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
}
