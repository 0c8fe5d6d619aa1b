using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Pellucid.Graphs;
using Pellucid.Host.Experiments.Storage;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>
/// What a pooled metric keeps of an item, read from its artifacts each time it is asked for: maps and embeddings of a whole data set are too much to hold.
/// </summary>
/// <param name="names">Names of artifacts by name.</param>
/// <param name="artifacts">Where they are.</param>
internal sealed class StoredState(IReadOnlyDictionary<string, string> names, IArtifactStore artifacts) : IReadOnlyDictionary<string, HostTensor>
{
    /// <inheritdoc/>
    public int Count => names.Count;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => names.Keys;

    /// <inheritdoc/>
    public IEnumerable<HostTensor> Values => names.Values.Select(Load);

    /// <inheritdoc/>
    public HostTensor this[string key] => Load(names[key]);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => names.ContainsKey(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out HostTensor value)
    {
        value = names.TryGetValue(key, out string? name) ? Load(name) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, HostTensor>> GetEnumerator() => names.Select(n => KeyValuePair.Create(n.Key, Load(n.Value))).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private HostTensor Load(string name) => NpyFormat.Read(artifacts.Read(name) ?? throw StoredExplanations.Damaged(name));
}
