using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints;

/// <summary>Reads .safetensors files: only the header is read, the tensors stay where they are.</summary>
public static class SafetensorsReader
{
    /// <summary>Opens a file and checks its whole header.</summary>
    /// <exception cref="PellucidException">The file is missing, truncated or malformed; the message names the tensor.</exception>
    public static Checkpoint Open(string path)
    {
        using CheckpointFile file = CheckpointFile.Open(path);
        return Open(file);
    }

    /// <summary>Reads one tensor of a file.</summary>
    /// <exception cref="PellucidException">As <see cref="Open(string)"/>, or there is no such tensor.</exception>
    public static HostTensor Read(string path, string name) => Open(path).Read(name);

    /// <summary>Reads all tensors of a file into memory, in ordinal order of their names: for results and reference data, not for models.</summary>
    /// <exception cref="PellucidException">As <see cref="Open(string)"/>.</exception>
    public static IReadOnlyDictionary<string, HostTensor> ReadAll(string path)
    {
        Checkpoint checkpoint = Open(path);
        var tensors = new SortedDictionary<string, HostTensor>(StringComparer.Ordinal);
        foreach (string name in checkpoint.Weights.Keys) tensors.Add(name, checkpoint.Read(name));
        return tensors;
    }

    internal static Checkpoint Open(CheckpointFile file)
    {
        SafetensorsHeader header = SafetensorsHeader.Read(file);
        var weights = new List<KeyValuePair<string, Weight>>(header.Entries.Count);
        foreach (SafetensorsHeader.Entry entry in header.Entries)
        {
            // Nothing can be mapped for a tensor without elements, so it is the one kind that lives in memory.
            Weight weight = entry.Begin == entry.End
                ? new InlineWeight(HostTensor.Zeros(entry.Type.Element, entry.Type.Shape!))
                : new FileWeight(entry.Type, file.Target, header.DataStart + entry.Begin);
            weights.Add(new(entry.Name, weight));
        }

        return new Checkpoint(file.Path, CheckpointFormat.Safetensors, weights, header.Metadata);
    }
}
