using System.Text.Json;
using Pellucid.Abstractions.Datasets;
using Pellucid.Graphs;

namespace Pellucid.Plugins.Datasets.Json;

/// <summary>Where an element lies in a file, to read it again when it is needed.</summary>
/// <param name="File">The file.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="Location">Where it stands, for messages.</param>
internal sealed record JsonSlice(string File, long Offset, int Length, DatasetLocation Location)
{
    /// <summary>Reads the element.</summary>
    /// <exception cref="PellucidException">The file cannot be read or is another than it was.</exception>
    public JsonDocument Parse()
    {
        try
        {
            using FileStream stream = DataFiles.Open(File);
            return Parse(stream);
        }
        catch (IOException e)
        {
            throw new PellucidException($"{Location}: it cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the element from the open file.</summary>
    /// <exception cref="PellucidException">The file is another than it was.</exception>
    public JsonDocument Parse(FileStream stream)
    {
        byte[] bytes = new byte[Length];
        int read = 0;
        while (read < Length && RandomAccess.Read(stream.SafeFileHandle, bytes.AsSpan(read), Offset + read) is > 0 and int more) read += more;
        try
        {
            return JsonDocument.Parse(bytes);
        }
        catch (JsonException e)
        {
            throw new PellucidException($"{Location}: the file was changed while it was in use", e);
        }
    }
}
