using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;
using Pellucid.Graphs;

namespace Pellucid.Host.Experiments.Storage;

/// <summary>
/// Numbers of a run that are needed again and that memory should not hold. The file has no name any more from the start, so that it is gone with the
/// last object that reads it, however the process ends. Written by one at a time; safe to read concurrently.
/// </summary>
internal sealed class ScratchFile
{
    private readonly SafeFileHandle _file;
    private readonly string _folder;
    private long _length;

    private ScratchFile(SafeFileHandle file, string folder) => (_file, _folder) = (file, folder);

    /// <summary>Makes a file in a folder that exists.</summary>
    /// <exception cref="PellucidException">It cannot be made.</exception>
    public static ScratchFile In(string folder)
    {
        string path = Path.Combine(folder, $".scratch.{Path.GetRandomFileName()}.tmp");
        return Guard(folder, () =>
        {
            SafeFileHandle file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            File.Delete(path);
            return new ScratchFile(file, folder);
        });
    }

    /// <summary>Adds numbers; gives their place.</summary>
    /// <exception cref="PellucidException">They cannot be written.</exception>
    public long Append(ReadOnlySpan<double> numbers)
    {
        long place = _length;
        byte[] bytes = MemoryMarshal.AsBytes(numbers).ToArray();
        Guard(_folder, () =>
        {
            RandomAccess.Write(_file, bytes, place);
            return true;
        });
        _length += bytes.Length;
        return place;
    }

    /// <summary>So many numbers from a place on.</summary>
    /// <exception cref="PellucidException">They cannot be read.</exception>
    public double[] Read(long place, int count)
    {
        double[] numbers = new double[count];
        Guard(_folder, () =>
        {
            for (int done = 0; done < count * sizeof(double);)
            {
                int read = RandomAccess.Read(_file, MemoryMarshal.AsBytes(numbers.AsSpan())[done..], place + done);
                done += read > 0 ? read : throw new EndOfStreamException("it was cut short");
            }

            return true;
        });
        return numbers;
    }

    private static T Guard<T>(string folder, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"numbers that are needed again cannot be kept in '{folder}': {e.Message}; free some space and run again: what is done stays done", e);
        }
    }
}
