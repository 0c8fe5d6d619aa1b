using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>
/// Archives of <c>torch.save</c> (since 1.6) and <c>torch.jit.save</c>: a zip with <c>root/data.pkl</c> and one entry a storage,
/// <c>root/data/key</c>; TorchScript adds <c>root/constants.pkl</c>, <c>root/constants/key</c> and code, which is not looked at.
/// </summary>
internal sealed class TorchZipReader
{
    private readonly CheckpointFile _file;
    private readonly ZipDirectory _zip;
    private readonly TensorMaterializer _materializer;
    private readonly Dictionary<string, StorageBytes> _storages = new(StringComparer.Ordinal);
    private readonly string _root;

    private TorchZipReader(CheckpointFile file)
    {
        _file = file;
        _zip = ZipDirectory.Read(file);
        _materializer = new TensorMaterializer(file);
        _root = FindRoot();
    }

    internal static bool Matches(ReadOnlySpan<byte> start) => start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8);

    internal static Checkpoint Open(CheckpointFile file) => new TorchZipReader(file).Open();

    private Checkpoint Open()
    {
        if (_zip.Entries.TryGetValue(_root + "byteorder", out ZipEntry? order) && order.Size < 100 && !_zip.ReadAll(order).AsSpan().StartsWith("little"u8))
            throw _file.Error("was saved on a big-endian machine, which is not supported");
        var tensors = new TensorCollector(_file);
        var weights = new Dictionary<string, Weight>(StringComparer.Ordinal);
        tensors.AddRoot(LoadPickle("data.pkl"));
        foreach ((string name, TorchTensor tensor) in tensors.Tensors) weights.Add(name, Make(name, tensor, "data/"));

        bool script = _zip.Entries.ContainsKey(_root + "constants.pkl");
        var containers = tensors.Containers;
        if (script)
        {
            var constants = new TensorCollector(_file);
            constants.AddContainer(TorchScript.Constants, LoadPickle("constants.pkl"));
            foreach ((string name, TorchTensor tensor) in constants.Tensors)
            {
                if (!weights.TryAdd(name, Make(name, tensor, "constants/"))) throw _file.Error($"two tensors are named '{name}'");
            }

            containers.UnionWith(constants.Containers);
        }

        if (weights.Count == 0) throw _file.Error("holds no tensors");
        return new Checkpoint(_file.Path, script ? CheckpointFormat.TorchScript : CheckpointFormat.TorchZip, weights, containers: containers);
    }

    private string FindRoot()
    {
        string[] pickles = [.. _zip.Entries.Keys.Where(n => n == "data.pkl" || (n.EndsWith("/data.pkl", StringComparison.Ordinal) && n.IndexOf('/') == n.Length - 9))];
        return pickles.Length switch
        {
            1 => pickles[0][..^"data.pkl".Length],
            0 => throw _file.Error("a zip archive without a data.pkl in its one folder, so not written by torch.save"),
            _ => throw _file.Error($"a zip archive with {pickles.Length} data.pkl files, so not written by torch.save"),
        };
    }

    private object? LoadPickle(string name)
    {
        ZipEntry entry = _zip.Entries[_root + name];
        if (entry.Size > CheckpointLimits.MaxPickleBytes) throw _file.Error($"{name} of {entry.Size} bytes is longer than {CheckpointLimits.MaxPickleBytes}");
        return PickleReader.Load(new PickleInput(_file, name, _zip.ReadAll(entry)));
    }

    private Weight Make(string name, TorchTensor tensor, string folder) => _materializer.Make(name, tensor, Locate(name, _root + folder + tensor.Storage.Key));

    private StorageBytes Locate(string tensor, string path)
    {
        if (_storages.TryGetValue(path, out StorageBytes? known)) return known;
        if (!_zip.Entries.TryGetValue(path, out ZipEntry? entry)) throw _file.Error($"tensor '{tensor}' lies in the storage '{path}', which is not in the archive");
        StorageBytes storage;
        if (entry.Stored)
        {
            storage = new StorageBytes(_zip.DataOffset(entry), entry.Size, null);
        }
        else
        {
            _materializer.Charge(entry.Size, $"the compressed storage '{path}'");
            storage = new StorageBytes(0, entry.Size, _zip.ReadAll(entry));
        }

        _storages.Add(path, storage);
        return storage;
    }
}
