using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Pellucid.Graphs;

/// <summary>
/// Remembers what was made from a graph: differentiating and rewriting a large model takes tens of milliseconds, which a second
/// explanation need not spend again. A result lives as long as its graph. Safe for concurrent use; each result is made once.
/// </summary>
/// <typeparam name="TKey">What a result depends on besides the graph; compared with its own equality.</typeparam>
/// <typeparam name="TResult">A graph, or several.</typeparam>
public sealed class DerivedGraphs<TKey, TResult>
    where TKey : notnull
    where TResult : class
{
    private readonly ConditionalWeakTable<Graph, ConcurrentDictionary<TKey, Lazy<TResult>>> _results = [];

    /// <summary>The result for a graph, made at the first call.</summary>
    /// <param name="source">The graph; another object is another graph, even with the same content.</param>
    /// <param name="key">What else the result depends on.</param>
    /// <param name="make">Makes it; an exception is remembered too.</param>
    public TResult Get(Graph source, TKey key, Func<Graph, TResult> make) =>
        _results.GetValue(source, static _ => new()).GetOrAdd(key, _ => new Lazy<TResult>(() => make(source))).Value;
}
