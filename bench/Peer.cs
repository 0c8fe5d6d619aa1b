using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Pellucid.Graphs;

namespace Pellucid.Bench;

/// <summary>
/// The same methods in PyTorch, in a Python process of their own (peers/peer.py) that is asked for one result after the other, so that both
/// sides can be timed in turns.
/// </summary>
internal sealed class Peer : IDisposable
{
    /// <summary>Images that PyTorch takes at once: what its plain forward is fastest at, an image.</summary>
    private const int Batch = 8;

    /// <summary>Debian's interpreter, which is the one that sees Debian's python3-torch, before another one on the path.</summary>
    private static readonly string Python = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    private readonly Process _process;
    private readonly string _folder;

    private Peer(Process process, string folder, string version)
    {
        _process = process;
        _folder = folder;
        Version = version;
    }

    /// <summary>Name and version of the peer.</summary>
    public string Version { get; }

    /// <summary>Starts the peer.</summary>
    /// <returns>The peer, or why there is none: Python or PyTorch is not installed.</returns>
    public static async Task<(Peer? Peer, string? Missing)> StartAsync(HostTensor pixels, HostTensor text, int threads)
    {
        string folder = Directory.CreateTempSubdirectory("pellucid-peer-").FullName;
        string pixelFile = Path.Combine(folder, "pixels"), textFile = Path.Combine(folder, "text");
        await File.WriteAllBytesAsync(pixelFile, MemoryMarshal.AsBytes(pixels.Floats).ToArray());
        await File.WriteAllBytesAsync(textFile, MemoryMarshal.AsBytes(text.Floats).ToArray());
        var start = new ProcessStartInfo(Python) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        string[] arguments =
        [
            Path.Combine(Repository.Root, "bench", "peers", "peer.py"), "--model", SyntheticClip.Folder, "--pixels", pixelFile, "--text", textFile,
            "--threads", threads.ToString(CultureInfo.InvariantCulture), "--batch", Batch.ToString(CultureInfo.InvariantCulture),
        ];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        Process? process = null;
        try
        {
            process = Process.Start(start) ?? throw new InvalidOperationException("python3 does not start");
            Task<string> complaint = process.StandardError.ReadToEndAsync();
            if (await process.StandardOutput.ReadLineAsync() is { } version) return (new Peer(process, folder, version), null);
            string last = (await complaint).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault() ?? "it says nothing";
            process.Dispose();
            Directory.Delete(folder, recursive: true);
            return (null, $"python3 with PyTorch is not to be had here: {last}");
        }
        catch (System.ComponentModel.Win32Exception fault)
        {
            process?.Dispose();
            Directory.Delete(folder, recursive: true);
            return (null, $"python3 is not to be had here: {fault.Message}");
        }
    }

    /// <summary>Runs a method once.</summary>
    /// <returns>Its wall time as the peer takes it, in milliseconds, and its result.</returns>
    public async Task<(double Milliseconds, float[] Result)> RunAsync(string method)
    {
        string file = Path.Combine(_folder, "result");
        await _process.StandardInput.WriteLineAsync($"{method} {file}");
        await _process.StandardInput.FlushAsync();
        string line = await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"the peer stopped at {method}");
        return (double.Parse(line, CultureInfo.InvariantCulture), MemoryMarshal.Cast<byte, float>(await File.ReadAllBytesAsync(file)).ToArray());
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
