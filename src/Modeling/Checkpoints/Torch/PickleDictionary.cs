namespace Pellucid.Modeling.Checkpoints.Torch;

/// <summary>A dict or OrderedDict as data: its pairs in the order they were set. Keys are never hashed, so none can be made to collide.</summary>
internal sealed class PickleDictionary
{
    private List<KeyValuePair<object?, object?>>? _pairs;

    internal IReadOnlyList<KeyValuePair<object?, object?>> Pairs => _pairs ?? (IReadOnlyList<KeyValuePair<object?, object?>>)[];

    internal void Set(object? key, object? value) => (_pairs ??= []).Add(new(key, value));

    /// <summary>The value last set for a string key, or null.</summary>
    internal object? Find(string key) => _pairs?.FindLast(p => p.Key is string k && k == key).Value;
}
