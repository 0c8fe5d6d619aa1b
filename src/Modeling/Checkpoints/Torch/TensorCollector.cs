using System.Numerics;
using Pellucid.Graphs;

namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>
/// Walks the values of a pickle and names the tensors in it. Values may be shared a millionfold or contain themselves, so depth,
/// steps and the length of names are bounded.
/// </summary>
internal sealed class TensorCollector(CheckpointFile file)
{
    private readonly Dictionary<string, TorchTensor> _tensors = new(StringComparer.Ordinal);
    private int _visited;
    private long _characters;

    internal IReadOnlyDictionary<string, TorchTensor> Tensors => _tensors;

    /// <summary>Keys of the outermost dictionary that hold tensors at some depth.</summary>
    internal HashSet<string> Containers { get; } = new(StringComparer.Ordinal);

    /// <summary>Collects the tensors of a file's root value.</summary>
    internal void AddRoot(object? root)
    {
        if (root is TorchTensor tensor)
        {
            Add(Checkpoint.BareTensorName, tensor);
        }
        else if (root is PickleDictionary dictionary)
        {
            for (int i = 0; i < dictionary.Pairs.Count; i++)
            {
                (object? key, object? value) = dictionary.Pairs[i];
                string name = NameOf(key, i);
                int before = _tensors.Count;
                Visit(name, value, 1, '/');
                if (value is not TorchTensor && _tensors.Count > before) Containers.Add(name);
            }
        }
        else
        {
            Visit("", root, 0, '/');
        }
    }

    /// <summary>Collects the tensors of a further value under a container of its own.</summary>
    internal void AddContainer(string container, object? value)
    {
        int before = _tensors.Count;
        Visit(container, value, 1, '/');
        if (_tensors.Count > before) Containers.Add(container);
    }

    private void Visit(string name, object? value, int depth, char separator)
    {
        if (++_visited > CheckpointLimits.MaxVisitedValues) throw file.Error($"more than {CheckpointLimits.MaxVisitedValues} values");
        if (value is TorchTensor tensor)
        {
            Add(name, tensor);
            return;
        }

        if (value is not (PickleRecord or PickleDictionary or PickleList or PickleTuple)) return;
        if (depth == CheckpointLimits.MaxNesting) throw file.Error($"values are nested deeper than {CheckpointLimits.MaxNesting} at '{name}'");
        switch (value)
        {
            case PickleRecord record:
                // The state of a module is not a level of its own: modules are named by attribute paths.
                if (record.State is PickleDictionary attributes) VisitPairs(name, attributes, depth, '.');
                else Visit(name, record.State, depth + 1, '.');
                break;
            case PickleDictionary dictionary:
                VisitPairs(name, dictionary, depth, separator);
                break;
            case PickleList list:
                VisitItems(name, list.Items, depth, separator);
                break;
            case PickleTuple tuple:
                VisitItems(name, tuple.Items, depth, separator);
                break;
        }
    }

    private void VisitPairs(string name, PickleDictionary dictionary, int depth, char separator)
    {
        for (int i = 0; i < dictionary.Pairs.Count; i++)
        {
            (object? key, object? value) = dictionary.Pairs[i];
            if (IsLeaf(value)) continue;
            Visit(Join(name, NameOf(key, i), separator), value, depth + 1, separator);
        }
    }

    private void VisitItems(string name, IReadOnlyList<object?> items, int depth, char separator)
    {
        for (int i = 0; i < items.Count; i++)
        {
            if (!IsLeaf(items[i])) Visit(Join(name, i.ToString(), separator), items[i], depth + 1, separator);
        }
    }

    private bool IsLeaf(object? value)
    {
        if (value is TorchTensor or PickleRecord or PickleDictionary or PickleList or PickleTuple) return false;
        if (++_visited > CheckpointLimits.MaxVisitedValues) throw file.Error($"more than {CheckpointLimits.MaxVisitedValues} values");
        return true;
    }

    private void Add(string name, TorchTensor tensor)
    {
        if (_tensors.Count == CheckpointLimits.MaxTensors) throw file.Error($"more than {CheckpointLimits.MaxTensors} tensors");
        _characters += name.Length;
        if (_characters > CheckpointLimits.MaxTotalNameCharacters) throw file.Error($"tensor names of more than {CheckpointLimits.MaxTotalNameCharacters} characters together");
        if (!_tensors.TryAdd(name, tensor)) throw file.Error($"two tensors are named '{name}'");
    }

    private string Join(string outer, string inner, char separator)
    {
        if (outer.Length + inner.Length >= CheckpointLimits.MaxNameLength) throw file.Error($"a tensor name is longer than {CheckpointLimits.MaxNameLength} characters");
        return outer.Length == 0 ? inner : $"{outer}{separator}{inner}";
    }

    private string NameOf(object? key, int index)
    {
        string name = key switch
        {
            string text => text,
            long or bool or BigInteger => key.ToString()!,
            _ => $"#{index}",
        };
        return name.Length < CheckpointLimits.MaxNameLength ? name : throw file.Error($"a key is longer than {CheckpointLimits.MaxNameLength} characters");
    }
}
