using Pellucid.Graphs;

namespace Pellucid.Runtime.Sessions;

/// <summary>
/// Keeps the compiled graphs used last, by structure. A graph that two threads ask for at once is compiled once. One that
/// is dropped while it runs is freed when the run ends.
/// </summary>
internal sealed class CompiledGraphCache(int capacity, Func<Graph, CompiledGraph> compile) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly LinkedList<Entry> _byUse = new();
    private bool _disposed;

    /// <summary>Number of graphs kept.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _entries.Count;
        }
    }

    /// <summary>The compiled graph, entered: the caller calls <see cref="Leased.Exit"/> when it is done.</summary>
    /// <exception cref="ObjectDisposedException">The cache has been disposed of.</exception>
    /// <exception cref="PellucidException">The graph cannot be compiled.</exception>
    public CompiledGraph Rent(Graph graph)
    {
        while (true)
        {
            Entry entry = Find(graph, out Entry? dropped);
            dropped?.DisposeIfCompiled();
            CompiledGraph compiled;
            try
            {
                compiled = entry.Compiled.Value;
            }
            catch
            {
                lock (_gate) Remove(entry); // so that the next call tries again: the file may be there by then
                throw;
            }

            bool entered = compiled.TryEnter();
            bool kept;
            lock (_gate) kept = entry.IsKept;
            if (!kept) compiled.Dispose(); // dropped while it was being compiled, when nobody else could free it
            if (entered) return compiled;
        }
    }

    /// <summary>Frees all compiled graphs; those that are running, when they end.</summary>
    public void Dispose()
    {
        Entry[] dropped;
        lock (_gate)
        {
            _disposed = true;
            dropped = [.. _byUse];
            foreach (Entry entry in dropped) Remove(entry);
        }

        foreach (Entry entry in dropped) entry.DisposeIfCompiled();
    }

    private Entry Find(Graph graph, out Entry? dropped)
    {
        dropped = null;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_entries.TryGetValue(graph.StructureHash, out Entry? entry))
            {
                _byUse.Remove(entry.Place);
                _byUse.AddFirst(entry.Place);
                return entry;
            }

            entry = new Entry(graph.StructureHash, new Lazy<CompiledGraph>(() => compile(graph)));
            _entries.Add(entry.Key, entry);
            _byUse.AddFirst(entry.Place);
            if (_entries.Count > capacity)
            {
                dropped = _byUse.Last!.Value;
                Remove(dropped);
            }

            return entry;
        }
    }

    private void Remove(Entry entry)
    {
        if (!entry.IsKept) return;
        entry.IsKept = false;
        _entries.Remove(entry.Key);
        _byUse.Remove(entry.Place);
    }

    private sealed class Entry
    {
        public Entry(string key, Lazy<CompiledGraph> compiled)
        {
            Key = key;
            Compiled = compiled;
            Place = new LinkedListNode<Entry>(this);
        }

        public string Key { get; }

        public Lazy<CompiledGraph> Compiled { get; }

        public LinkedListNode<Entry> Place { get; }

        public bool IsKept { get; set; } = true;

        public void DisposeIfCompiled()
        {
            if (Compiled.IsValueCreated) Compiled.Value.Dispose();
        }
    }
}
