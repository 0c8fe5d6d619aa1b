using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>
/// Unpacks DICOM pixels with GDCM, as a program of its own: GDCM ends the process that it lives in when it meets some damaged files (a
/// failed assertion), which must not be this one, and a program can be stopped: after a time, when its result grows too large, and on Linux by a bound on its memory.
/// </summary>
internal static class GdcmTool
{
    /// <summary>Variable with the path of gdcmconv, where it is not the one that PATH finds.</summary>
    private const string Variable = "PELLUCID_GDCMCONV";

    private const int MostOfMessage = 300, MostOfOutput = 1 << 16;

    /// <summary>What the program and its libraries take, and how often it holds the file and its pixels: a JPEG 2000 decoder has two copies in 32 bits a sample, and is the hungriest.</summary>
    private const long OwnMemory = 512L << 20, Copies = 16;

    /// <summary>A limit that cannot be set (a lower one holds already) must not keep the program from running.</summary>
    private const string Limited = "ulimit -v \"$0\" 2>/dev/null; exec \"$@\"";

    private const int NotExecutable = 126, NotFound = 127;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    /// <summary>The program to run.</summary>
    public static string Program => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? Path.GetFullPath(given) : InPath("gdcmconv");

    /// <summary>Where PATH has a program. .NET would look for a bare name in the current folder first, where data may lie that nobody vouches for.</summary>
    private static string InPath(string name) => (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
        .Split(Path.PathSeparator).Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists) ?? Path.Combine("/usr/bin", name);

    /// <summary>The same file with uncompressed pixels.</summary>
    /// <param name="program">gdcmconv.</param>
    /// <param name="file">A DICOM file.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="limits">For the time.</param>
    /// <param name="mostBytes">Most bytes of the result.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="PellucidException">GDCM is not installed, cannot read the file, takes too long, too much memory, or writes more than <paramref name="mostBytes"/>.</exception>
    public static byte[] Uncompress(string program, ReadOnlyMemory<byte> file, string name, ImageLimits limits, long mostBytes, CancellationToken cancellationToken)
    {
        // Readable for this user alone: the file may hold what identifies a patient.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pellucid-dicom-");
        try
        {
            string input = Path.Combine(folder.FullName, "in.dcm"), output = Path.Combine(folder.FullName, "out.dcm");
            using (FileStream stream = File.Create(input)) stream.Write(file.Span);
            long memory = OwnMemory + (Copies * Math.Max(file.Length, mostBytes));
            (int code, string message) = RunAsync(program, [input, output], name, limits.MaxDecodeTime, memory, mostBytes, cancellationToken).GetAwaiter().GetResult();
            if (code != 0 || !File.Exists(output))
            {
                throw new PellucidException(message.Contains("bad_alloc", StringComparison.Ordinal) || message.Contains("memory", StringComparison.OrdinalIgnoreCase)
                    ? $"The pixels of the DICOM file {name} cannot be unpacked in {memory >> 20} MiB of memory, many times what its header says; it is damaged."
                    : $"The pixels of the DICOM file {name} cannot be unpacked; it is damaged or incomplete{(message.Length == 0 ? "." : $": {message.Replace(input, name, StringComparison.Ordinal)}")}");
            }

            long length = new FileInfo(output).Length;
            if (length > mostBytes) throw TooLong(name, length);
            return File.ReadAllBytes(output);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"The DICOM file {name} cannot be unpacked: {e.Message}", e);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int Code, string Message)> RunAsync(
        string program, string[] files, string name, TimeSpan time, long memory, long mostBytes, CancellationToken cancellationToken)
    {
        using var process = new Process { StartInfo = Start(program, files, memory) };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw NotInstalled(program, name, e);
        }

        process.StandardInput.Close();
        Task<string> errors = BeginningAsync(process.StandardError), text = BeginningAsync(process.StandardOutput);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(time);
        try
        {
            Task exit = process.WaitForExitAsync(stop.Token);
            while (await Task.WhenAny(exit, Task.Delay(BetweenLooks, CancellationToken.None)).ConfigureAwait(false) != exit)
            {
                if (new FileInfo(files[^1]) is { Exists: true } grown && grown.Length > mostBytes) throw TooLong(name, grown.Length);
            }

            await exit.ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or PellucidException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            if (e is PellucidException) throw;
            cancellationToken.ThrowIfCancellationRequested();
            throw new ImageLimitException($"{name} took longer than {time.TotalSeconds} s to decode ({nameof(ImageLimits.MaxDecodeTime)}) and was stopped.", nameof(ImageLimits.MaxDecodeTime), e);
        }

        _ = await text.ConfigureAwait(false);
        string message = string.Join(' ', (await errors.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(2));
        if (process.ExitCode is NotExecutable or NotFound) throw NotInstalled(program, name, null);
        return (process.ExitCode, message.Length > MostOfMessage ? message[..MostOfMessage] : message);
    }

    private static ProcessStartInfo Start(string program, string[] files, long memory)
    {
        // Address space is what Linux can bound; the shell hands its process over to the program.
        ProcessStartInfo start = OperatingSystem.IsLinux()
            ? new ProcessStartInfo("/bin/sh", ["-c", Limited, (memory >> 10).ToString(CultureInfo.InvariantCulture), program, "--raw", .. files])
            : new ProcessStartInfo(program, ["--raw", .. files]);
        start.UseShellExecute = false;
        (start.RedirectStandardError, start.RedirectStandardOutput, start.RedirectStandardInput) = (true, true, true);
        return start;
    }

    /// <summary>The beginning of what a program writes; the rest is read, so that it can go on, and forgotten.</summary>
    private static async Task<string> BeginningAsync(StreamReader reader)
    {
        char[] buffer = new char[4096];
        StringBuilder text = new();
        for (int read; (read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0;) text.Append(buffer, 0, Math.Min(read, MostOfOutput - text.Length));
        return text.ToString();
    }

    private static PellucidException TooLong(string name, long length) => new($"The DICOM file {name} is damaged: it unpacks to {length} bytes, more than its header says.");

    private static PellucidException NotInstalled(string program, string name, Exception? cause) => new(
        $"{name} is a DICOM file, and reading those needs GDCM, which is not installed ('{program}' cannot be run): on Debian and Ubuntu, apt-get install libgdcm-tools. Or convert the file to PNG or TIFF.", cause!);
}
