using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets;

/// <summary>Opens the files of data sets.</summary>
internal static class DataFiles
{
    /// <summary>A file for reading from its beginning to its end.</summary>
    /// <exception cref="PellucidException">It is missing or must not be read.</exception>
    public static FileStream Open(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new PellucidException($"the data set file {file} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The whole of a small file.</summary>
    /// <exception cref="PellucidException">It is missing, must not be read or is larger than <paramref name="largest"/> bytes.</exception>
    public static byte[] ReadSmall(string file, int largest = 16 << 20)
    {
        using FileStream stream = Open(file);
        if (stream.Length > largest) throw new PellucidException($"{file}: the file has {stream.Length} bytes, at most {largest} are taken");
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
