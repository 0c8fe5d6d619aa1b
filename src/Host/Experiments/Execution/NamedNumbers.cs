using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace Pellucid.Host.Experiments.Execution;

/// <summary>
/// Numbers by name whose names are held once for all that have the same: what a metric says of a million images differs in its numbers alone.
/// </summary>
/// <param name="names">Each once.</param>
/// <param name="values">As many.</param>
internal sealed class NamedNumbers(string[] names, double[] values) : IReadOnlyDictionary<string, double>
{
    /// <inheritdoc/>
    public int Count => names.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => names;

    /// <inheritdoc/>
    public IEnumerable<double> Values => values;

    /// <inheritdoc/>
    public double this[string key] => TryGetValue(key, out double value) ? value : throw new KeyNotFoundException($"there is no number '{key}'");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => Array.IndexOf(names, key) >= 0;

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        int place = Array.IndexOf(names, key);
        value = place >= 0 ? values[place] : 0;
        return place >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        for (int i = 0; i < names.Length; i++) yield return KeyValuePair.Create(names[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
