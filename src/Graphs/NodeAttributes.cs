using System.Collections;
using System.Collections.Frozen;

namespace Pellucid.Graphs;

/// <summary>
/// Attributes of a node: name to <see cref="long"/>, <see cref="float"/>, <see cref="string"/>, <c>long[]</c>,
/// <c>float[]</c>, <c>string[]</c> or <see cref="HostTensor"/>. Immutable, in ordinal order of names.
/// </summary>
public sealed class NodeAttributes : IReadOnlyCollection<KeyValuePair<string, object>>
{
    private readonly FrozenDictionary<string, object> _values;
    private readonly KeyValuePair<string, object>[] _ordered;

    /// <summary>Makes attributes from pairs.</summary>
    /// <exception cref="ArgumentException">A value has a type that is no attribute type, or a name occurs twice.</exception>
    public NodeAttributes(IEnumerable<KeyValuePair<string, object>> values)
    {
        _ordered = values.OrderBy(p => p.Key, StringComparer.Ordinal).Select(Normalize).ToArray();
        _values = _ordered.ToFrozenDictionary(StringComparer.Ordinal);
        if (_values.Count != _ordered.Length) throw new ArgumentException("an attribute name occurs twice");
    }

    /// <summary>No attributes.</summary>
    public static NodeAttributes None { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _ordered.Length;

    /// <summary>Makes attributes from name/value tuples.</summary>
    public static NodeAttributes Of(params ReadOnlySpan<(string Name, object Value)> values)
    {
        var pairs = new List<KeyValuePair<string, object>>(values.Length);
        foreach ((string name, object value) in values) pairs.Add(new(name, value));
        return new NodeAttributes(pairs);
    }

    /// <summary>The integer attribute, or the default where it is absent.</summary>
    public long Int(string name, long fallback) => Get<long>(name, out long v) ? v : fallback;

    /// <summary>The integer attribute, or null where it is absent.</summary>
    public long? IntOrNull(string name) => Get<long>(name, out long v) ? v : null;

    /// <summary>The float attribute, or the default where it is absent.</summary>
    public float Float(string name, float fallback) => Get<float>(name, out float v) ? v : fallback;

    /// <summary>The string attribute, or the default where it is absent.</summary>
    public string String(string name, string fallback) => Get<string>(name, out string? v) ? v! : fallback;

    /// <summary>The integer list, or null where it is absent. Do not change it.</summary>
    public long[]? Ints(string name) => Get<long[]>(name, out long[]? v) ? v : null;

    /// <summary>The float list, or null where it is absent. Do not change it.</summary>
    public float[]? Floats(string name) => Get<float[]>(name, out float[]? v) ? v : null;

    /// <summary>The tensor attribute, or null where it is absent.</summary>
    public HostTensor? Tensor(string name) => Get<HostTensor>(name, out HostTensor? v) ? v : null;

    /// <summary>Whether the attribute is there, with any type.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    /// <summary>These attributes with one set or replaced.</summary>
    public NodeAttributes With(string name, object value) =>
        new(_ordered.Where(p => !string.Equals(p.Key, name, StringComparison.Ordinal)).Append(new(name, value)));

    /// <summary>These attributes without one.</summary>
    public NodeAttributes Without(string name) => new(_ordered.Where(p => !string.Equals(p.Key, name, StringComparison.Ordinal)));

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, object>> GetEnumerator() => ((IEnumerable<KeyValuePair<string, object>>)_ordered).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => _ordered.GetEnumerator();

    private static KeyValuePair<string, object> Normalize(KeyValuePair<string, object> pair) => pair.Value switch
    {
        long or float or string or long[] or float[] or string[] or HostTensor => pair,
        int v => new(pair.Key, (long)v),
        bool v => new(pair.Key, v ? 1L : 0L),
        double v => new(pair.Key, (float)v),
        int[] v => new(pair.Key, Array.ConvertAll(v, x => (long)x)),
        _ => throw new ArgumentException($"attribute {pair.Key}: {pair.Value?.GetType().Name ?? "null"} is no attribute type"),
    };

    private bool Get<T>(string name, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? value)
    {
        if (!_values.TryGetValue(name, out object? raw))
        {
            value = default;
            return false;
        }

        value = raw is T typed ? typed : throw new InvalidOperationException($"attribute {name} is a {raw.GetType().Name}, not a {typeof(T).Name}");
        return true;
    }
}
