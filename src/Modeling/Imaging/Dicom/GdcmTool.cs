using System.ComponentModel;
using System.Diagnostics;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Imaging.Dicom;

/// <summary>
/// Unpacks DICOM pixels with GDCM, as a program of its own: GDCM ends the process that it lives in when it meets some damaged files (a
/// failed assertion), which must not be this one, and a program can be stopped after a time.
/// </summary>
internal static class GdcmTool
{
    /// <summary>Variable with the path of gdcmconv, where it is not the one that PATH finds.</summary>
    private const string Variable = "PELLUCID_GDCMCONV";

    private const int MostOfMessage = 300;

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
    /// <exception cref="PellucidException">GDCM is not installed, cannot read the file or takes too long.</exception>
    public static byte[] Uncompress(string program, ReadOnlyMemory<byte> file, string name, ImageLimits limits, long mostBytes, CancellationToken cancellationToken)
    {
        // Readable for this user alone: the file may hold what identifies a patient.
        DirectoryInfo folder = Directory.CreateTempSubdirectory("pellucid-dicom-");
        try
        {
            string input = Path.Combine(folder.FullName, "in.dcm"), output = Path.Combine(folder.FullName, "out.dcm");
            using (FileStream stream = File.Create(input)) stream.Write(file.Span);
            (int code, string message) = RunAsync(program, [input, output], name, limits.MaxDecodeTime, cancellationToken).GetAwaiter().GetResult();
            if (code != 0 || !File.Exists(output))
                throw new PellucidException($"The pixels of the DICOM file {name} cannot be unpacked; it is damaged or incomplete{(message.Length == 0 ? "." : $": {message.Replace(input, name, StringComparison.Ordinal)}")}");
            long length = new FileInfo(output).Length;
            if (length > mostBytes) throw new PellucidException($"The DICOM file {name} is damaged: it unpacks to {length} bytes, more than its header says.");
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

    private static async Task<(int Code, string Message)> RunAsync(string program, string[] files, string name, TimeSpan time, CancellationToken cancellationToken)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(program, ["--raw", .. files])
            {
                UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, RedirectStandardInput = true,
            },
        };
        try
        {
            process.Start();
        }
        catch (Win32Exception e)
        {
            throw new PellucidException(
                $"{name} is a DICOM file, and reading those needs GDCM, which is not installed ('{program}' cannot be run): on Debian and Ubuntu, apt-get install libgdcm-tools. Or convert the file to PNG or TIFF.", e);
        }

        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None), text = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(time);
        try
        {
            await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw new ImageLimitException($"{name} took longer than {time.TotalSeconds} s to decode ({nameof(ImageLimits.MaxDecodeTime)}) and was stopped.", nameof(ImageLimits.MaxDecodeTime), e);
        }

        _ = await text.ConfigureAwait(false);
        string message = string.Join(' ', (await errors.ConfigureAwait(false)).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(2));
        return (process.ExitCode, message.Length > MostOfMessage ? message[..MostOfMessage] : message);
    }
}
