using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>
/// Files of <c>torch.save</c> before 1.6: pickles of a magic number, the protocol (1001), facts about the machine and the saved
/// object, then a pickled list of storage keys and, for each, its number of elements (int64) and its raw elements.
/// </summary>
internal static class TorchLegacyReader
{
    private static readonly BigInteger Magic = BigInteger.Parse("1950a86a20f9469cfc6c", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    /// <summary>Whether a file starts like a pickle of protocol 2 or later.</summary>
    internal static bool Matches(ReadOnlySpan<byte> start) => start is [0x80, >= 2 and <= 5, ..];

    internal static Checkpoint Open(CheckpointFile file)
    {
        var input = new PickleInput(file);
        if (PickleReader.Load(input) is not BigInteger magic || magic != Magic)
            throw file.Error("a pickle, but not one written by torch.save; save the model with torch.save(model.state_dict(), ...) or as .safetensors");
        if (PickleReader.Load(input) is not 1001L) throw file.Error("an unknown version of the old torch.save format (not 1001)");
        if (PickleReader.Load(input) is not PickleDictionary machine || machine.Find("little_endian") is not true)
            throw file.Error("was not saved on a little-endian machine, others are not supported");
        var collector = new TensorCollector(file);
        collector.AddRoot(PickleReader.Load(input));
        if (PickleReader.Load(input) is not PickleList keys) throw file.Error("the list of storages is missing");

        Dictionary<string, StorageBytes> storages = Locate(file, input.Position, keys, collector.Tensors);
        var materializer = new TensorMaterializer(file);
        var weights = new Dictionary<string, Weight>(StringComparer.Ordinal);
        foreach ((string name, TorchTensor tensor) in collector.Tensors)
        {
            if (!storages.TryGetValue(tensor.Storage.Key, out StorageBytes? storage))
                throw file.Error($"tensor '{name}' lies in the storage '{tensor.Storage.Key}', which is not in the file");
            weights.Add(name, materializer.Make(name, tensor, storage));
        }

        if (weights.Count == 0) throw file.Error("holds no tensors");
        return new Checkpoint(file.Path, CheckpointFormat.TorchLegacy, weights, containers: collector.Containers);
    }

    private static Dictionary<string, StorageBytes> Locate(CheckpointFile file, long position, PickleList keys, IReadOnlyDictionary<string, TorchTensor> tensors)
    {
        var declared = new Dictionary<string, TorchStorage>(StringComparer.Ordinal);
        foreach (TorchTensor tensor in tensors.Values)
        {
            TorchStorage storage = tensor.Storage;
            if (!declared.TryAdd(storage.Key, storage) && (declared[storage.Key].Element != storage.Element || declared[storage.Key].Count != storage.Count))
                throw file.Error($"the storage '{storage.Key}' is declared twice, differently");
        }

        var found = new Dictionary<string, StorageBytes>(StringComparer.Ordinal);
        Span<byte> prefix = stackalloc byte[8];
        foreach (object? item in keys.Items)
        {
            // The element size, and so where the next storage starts, is only known from a tensor that uses this one.
            if (item is not string key || !declared.TryGetValue(key, out TorchStorage? storage)) throw file.Error($"the storage '{item as string}' belongs to no tensor");
            file.Read(position, prefix, $"the storage '{key}'");
            position += 8;
            long count = BinaryPrimitives.ReadInt64LittleEndian(prefix);
            if (count != storage.Count) throw file.Error($"the storage '{key}' has {count} elements, but {storage.Count} are declared");
            int width = storage.Element.SizeInBytes();
            if (count > (file.Length - position) / width) throw file.Error($"the storage '{key}' of {count} elements reaches beyond the end of the file: it is truncated");
            if (!found.TryAdd(key, new StorageBytes(position, count * width, null))) throw file.Error($"the storage '{key}' occurs twice");
            position += count * width;
        }

        return found;
    }
}
